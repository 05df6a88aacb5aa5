using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes a JSON array with an object for each finding.</summary>
internal sealed class JsonReport(TextWriter output) : FindingReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private bool _any;

    public override void Add(Finding finding)
    {
        output.Write(_any ? ",\n" : "[\n");
        _any = true;
        output.Write(JsonFormatter.Format(Options, writer => Write(writer, finding)));
    }

    public override void Complete() => output.WriteLine(_any ? "\n]" : "[]");

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("file", finding.File);
        writer.WriteNumber("line", finding.Line);
        writer.WriteNumber("column", finding.Column);
        writer.WriteString("level", finding.Level.ToString().ToLowerInvariant());
        writer.WriteString("verdict", finding.Verdict);
        writer.WriteString("rule", finding.Rule);
        writer.WriteString("subject", finding.Subject);
        writer.WriteString("message", finding.Message);
        if (finding.Explanation is { } explanation)
        {
            writer.WriteString("fix", explanation.Fix);
        }

        writer.WriteEndObject();
    }
}

using System.Text.Json;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes SARIF 2.1.0, which code hosts show beside the lines of a change. The tool comes last, since its rules are not known before.</summary>
internal sealed class SarifReport(TextWriter output, string tool, ReportPaths paths) : FindingReport
{
    private const string Head = """{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[""";

    private readonly SortedDictionary<string, Finding> _rules = new(StringComparer.Ordinal);
    private bool _any;
    private bool _unreadable;

    public override void Add(Finding finding)
    {
        if (finding.Level == FindingLevel.None)
        {
            return;
        }

        output.Write(_any ? "," : Head);
        _any = true;
        _unreadable |= finding.Rule == Finding.UnreadableRule;
        _rules.TryAdd(finding.Rule, finding);
        output.Write(JsonFormatter.Format(default, writer => Write(writer, finding)));
    }

    public override void Complete() => output.WriteLine(
        $$"""{{(_any ? "" : Head)}}],"invocations":[{"executionSuccessful":{{(_unreadable ? "false" : "true")}}}],"tool":{{JsonFormatter.Format(default, WriteTool)}}}]}""");

    private void WriteTool(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("driver");
        writer.WriteString("name", tool);
        writer.WriteStartArray("rules");
        foreach (var (id, finding) in _rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            var explanation = RuleHelp.Find(finding);
            WriteText(writer, "shortDescription", explanation.Title);
            WriteText(writer, "fullDescription", explanation.Explanation);
            WriteText(writer, "help", explanation.Fix);
            writer.WriteString("helpUri", RuleHelp.Link);
            writer.WriteStartObject("defaultConfiguration");
            writer.WriteString("level", GetLevel(finding));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static string GetLevel(Finding finding) => finding.Level switch { FindingLevel.Error => "error", FindingLevel.Warning => "warning", _ => "note" };

    private void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Rule);
        writer.WriteString("level", GetLevel(finding));
        WriteText(writer, "message", finding.Text);
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        var name = paths.Find(finding);
        writer.WriteString("uri", ReportPaths.ToUri(name));
        if (!Path.IsPathRooted(name))
        {
            writer.WriteString("uriBaseId", "%SRCROOT%");
        }

        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", finding.Line);
        writer.WriteNumber("startColumn", finding.Column);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

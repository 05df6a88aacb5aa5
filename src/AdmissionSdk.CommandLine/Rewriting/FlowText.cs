using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Writes values within a line, as JSON, which is YAML too.</summary>
internal static class FlowText
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Format(JsonNode? value) => JsonFormatter.Format(Relaxed, writer =>
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    });

    /// <summary>Inserts an addition before the closing bracket.</summary>
    public static void Insert(TextEdits edits, YamlNode owner, bool hasOthers, string addition, string path)
    {
        var close = owner.Span.End - 1;
        var end = close;
        while (end > owner.Span.Start && char.IsWhiteSpace(edits.Text[end - 1]))
        {
            end--;
        }

        if (close < 1 || edits.Text[close] is not ('}' or ']'))
        {
            throw new RewriteRefusedException(owner, path, "its end was not found");
        }

        edits.Insert(end, hasOthers && edits.Text[end - 1] != ',' ? ", " + addition : addition);
    }
}

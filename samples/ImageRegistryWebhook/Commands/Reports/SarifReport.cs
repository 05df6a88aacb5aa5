using System.Text.Json;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands.Reports;

/// <summary>SARIF 2.1.0: what code hosts show beside the lines of a change.</summary>
internal sealed class SarifReport(TextWriter output) : IReport
{
    private bool _any;

    public void Add(ImageFinding finding)
    {
        if (!finding.IsViolation && !finding.IsNotice)
        {
            return;
        }

        output.Write(_any ? "," : Head);
        _any = true;
        output.Write(JsonText.Of(default, writer => Write(writer, finding)));
    }

    public void Complete() => output.WriteLine((_any ? "" : Head) + "]}]}");

    private const string Head =
        """{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"image-registry-webhook"}},"results":[""";

    private static void Write(Utf8JsonWriter writer, ImageFinding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", finding.Rule ?? finding.Decision);
        writer.WriteString("level", finding.IsViolation ? "error" : finding.Decision == "warn" ? "warning" : "note");
        writer.WriteStartObject("message");
        writer.WriteString("text", $"{TextReport.Where(finding)}: {finding.Message}");
        writer.WriteEndObject();
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", Uri.EscapeDataString(finding.Image.File).Replace("%2F", "/", StringComparison.Ordinal));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", finding.Image.Scalar.Line);
        writer.WriteNumber("startColumn", finding.Image.Scalar.Column);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

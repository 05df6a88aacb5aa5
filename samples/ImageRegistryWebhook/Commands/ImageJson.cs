using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands;

/// <summary>A JSON array with an object for each image.</summary>
internal sealed class ImageJson(TextWriter output)
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private bool _any;

    public void Add(ImageFinding finding) => Add(writer => Write(writer, finding));

    /// <summary>Adds a problem of the input, as an image with null fields.</summary>
    public void Add(Finding problem) => Add(writer => Write(writer, problem));

    public void Complete() => output.WriteLine(_any ? "\n]" : "[]");

    private void Add(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        output.Write(_any ? ",\n" : "[\n");
        _any = true;
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter writer, Finding problem)
    {
        writer.WriteStartObject();
        writer.WriteString("file", problem.File);
        writer.WriteNull("document");
        writer.WriteNumber("line", problem.Line);
        writer.WriteNumber("column", problem.Column);
        foreach (var unknown in (string[])["kind", "namespace", "name", "path", "container", "image"])
        {
            writer.WriteNull(unknown);
        }

        writer.WriteBoolean("valid", false);
        foreach (var unknown in (string[])["registry", "repository", "tag", "digest", "normalized"])
        {
            writer.WriteNull(unknown);
        }

        writer.WriteString("decision", problem.Verdict);
        writer.WriteString("rule", problem.Rule);
        writer.WriteNull("rewritten");
        writer.WriteString("message", problem.Message);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ImageFinding finding)
    {
        var (image, reference) = (finding.Image, finding.Reference);
        writer.WriteStartObject();
        writer.WriteString("file", image.Object.File);
        writer.WriteNumber("document", image.Object.Document);
        writer.WriteNumber("line", image.Scalar.Line);
        writer.WriteNumber("column", image.Scalar.Column);
        writer.WriteString("kind", image.Object.Kind);
        writer.WriteString("namespace", image.Object.Namespace);
        writer.WriteString("name", image.Object.Name);
        writer.WriteString("path", image.Path);
        writer.WriteString("container", image.Container);
        writer.WriteString("image", image.Scalar.Value);
        writer.WriteBoolean("valid", reference is not null);
        writer.WriteString("registry", reference?.Domain);
        writer.WriteString("repository", reference?.Path);
        writer.WriteString("tag", reference?.Tag);
        writer.WriteString("digest", reference?.Digest);
        writer.WriteString("normalized", reference?.Normalized);
        writer.WriteString("decision", finding.Decision);
        writer.WriteString("rule", finding.Rule);
        writer.WriteString("rewritten", finding.Rewritten);
        writer.WriteString("message", finding.Message is { } message ? SafeText.ToLine(message) : null);
        writer.WriteEndObject();
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands;

/// <summary>A JSON array with an object for each image.</summary>
internal sealed class ImageJson(TextWriter output)
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private bool _any;

    public void Add(ImageFinding finding)
    {
        output.Write(_any ? ",\n" : "[\n");
        _any = true;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, finding);
        }

        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    public void Complete() => output.WriteLine(_any ? "\n]" : "[]");

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
        writer.WriteString("message", finding.Message);
        writer.WriteEndObject();
    }
}

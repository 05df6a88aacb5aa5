using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Formats one JSON value as text.</summary>
internal static class JsonFormatter
{
    public static string Format(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

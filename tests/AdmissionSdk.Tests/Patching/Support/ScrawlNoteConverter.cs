using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Reads a string and writes it without quotes, unchecked.</summary>
internal sealed class ScrawlNoteConverter : JsonConverter<ScrawlNote>
{
    public override ScrawlNote? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new($"\"{reader.GetString()}\"");

    public override void Write(Utf8JsonWriter writer, ScrawlNote value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text, skipInputValidation: true);
}

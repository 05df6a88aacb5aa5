using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Serialization;

/// <summary>Reads a UUID in every form that the format <c>uuid</c> of custom resources and Go's parsers take, such as one without hyphens. Writes the usual form.</summary>
internal sealed class LenientGuidConverter : JsonConverter<Guid>
{
    private const string UrnPrefix = "urn:uuid:";

    // As in Go, null is zero.
    public override bool HandleNull => true;

    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String => Parse(reader.GetString()!),
        _ => throw new JsonException("A UUID is not a text."),
    };

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override Guid ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

    private static Guid Parse(string text)
    {
        text = text.StartsWith(UrnPrefix, StringComparison.OrdinalIgnoreCase) ? text[UrnPrefix.Length..] : text;
        return Guid.TryParse(text, out var value) ? value : throw new JsonException("A UUID is malformed.");
    }
}

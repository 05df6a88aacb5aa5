using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Serialization;

/// <summary>Reads an explicit null as the default of a value type, as Go does; System.Text.Json would throw.</summary>
internal sealed class NullAsDefaultConverter<T>(JsonConverter<T> inner) : JsonConverter<T>
    where T : struct
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : inner.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => inner.Write(writer, value, options);
}

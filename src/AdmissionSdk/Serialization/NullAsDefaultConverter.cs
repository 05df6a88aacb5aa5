using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Serialization;

/// <summary>Reads an explicit null as the default of a value type, as Go does, where System.Text.Json would throw.</summary>
internal sealed class NullAsDefaultConverter<T> : JsonConverter<T>
    where T : struct
{
    private static readonly JsonConverter<T> Inner = (JsonConverter<T>)(object)(
        typeof(T) == typeof(bool) ? JsonMetadataServices.BooleanConverter
        : typeof(T) == typeof(int) ? JsonMetadataServices.Int32Converter
        : typeof(T) == typeof(long) ? JsonMetadataServices.Int64Converter
        : typeof(T) == typeof(double) ? JsonMetadataServices.DoubleConverter
        : typeof(T) == typeof(float) ? JsonMetadataServices.SingleConverter
        : typeof(T) == typeof(decimal) ? JsonMetadataServices.DecimalConverter
        : throw new NotSupportedException(typeof(T).Name));

    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : Inner.Read(ref reader, typeToConvert, options);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => Inner.Write(writer, value, options);
}

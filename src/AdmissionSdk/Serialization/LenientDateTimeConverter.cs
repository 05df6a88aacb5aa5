using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Serialization;

/// <summary>Reads and writes <see cref="DateTime"/> as <see cref="LenientDateTimeOffsetConverter"/> does, always in UTC.</summary>
internal sealed class LenientDateTimeConverter : JsonConverter<DateTime>
{
    public override bool HandleNull => true;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LenientDateTimeOffsetConverter.Read(ref reader).UtcDateTime;

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        LenientDateTimeOffsetConverter.Write(writer, value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value);
}

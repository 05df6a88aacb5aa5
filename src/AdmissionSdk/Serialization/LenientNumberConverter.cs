using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Reads a number that its type cannot hold as the nearest one: an integer field of the API server takes 64 bits, whatever the model has, and requesters
/// must not be able to make the object undecodable. An integer may also be spelled 1.0 or 1e3, as the API server allows.
/// </summary>
internal sealed class LenientNumberConverter<T>(JsonConverter<T> inner) : JsonConverter<T>
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            return inner.Read(ref reader, typeToConvert, options);
        }

        if (T.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return T.Clamp(number, T.MinValue, T.MaxValue);
        }

        var size = reader.GetDouble();
        return size >= double.CreateSaturating(T.MaxValue) ? T.MaxValue
            : size <= double.CreateSaturating(T.MinValue) ? T.MinValue
            : inner.Read(ref reader, typeToConvert, options);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => inner.Write(writer, value, options);
}

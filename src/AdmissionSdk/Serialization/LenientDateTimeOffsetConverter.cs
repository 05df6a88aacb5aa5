using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Reads and writes RFC 3339 dates. Dates that the API server may send and .NET cannot hold (year 0, year 10000 after an offset) read as the nearest,
/// because requesters choose them. Always writes UTC with six fractional digits: the API server refuses a MicroTime without them, even under Ignore, and
/// takes a Time with them.
/// </summary>
internal sealed class LenientDateTimeOffsetConverter : JsonConverter<DateTimeOffset>
{
    private const string WireFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public override bool HandleNull => true;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => Write(writer, value.UtcDateTime);

    internal static DateTimeOffset Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("A date is not a string.");
        return Parse(text) ?? throw new JsonException("A date is not in RFC 3339 form.");
    }

    internal static void Write(Utf8JsonWriter writer, DateTime utc)
    {
        Span<char> text = stackalloc char[32];
        utc.TryFormat(text, out var length, WireFormat, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>Reads the date, or the nearest that .NET can hold; null if the text is not a date.</summary>
    private static DateTimeOffset? Parse(string text)
    {
        if (!Rfc3339.TryParse(text, out var date))
        {
            return null;
        }

        if (date.Year < 1)
        {
            return DateTimeOffset.MinValue;
        }

        if (date.Day > DateTime.DaysInMonth(date.Year, date.Month))
        {
            return null;
        }

        var ticks = new DateTime(date.Year, date.Month, date.Day, date.Hour, date.Minute, 0, DateTimeKind.Utc).Ticks
            + (date.Second * TimeSpan.TicksPerSecond) + date.FractionTicks - date.Offset.Ticks;
        return ticks < DateTime.MinValue.Ticks ? DateTimeOffset.MinValue
            : ticks > DateTime.MaxValue.Ticks ? new DateTimeOffset(DateTime.MaxValue, TimeSpan.Zero)
            : new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}

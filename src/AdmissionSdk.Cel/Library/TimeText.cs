using System.Globalization;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>Durations and points in time as Go reads them.</summary>
internal static class TimeText
{
    private static readonly System.Buffers.SearchValues<char> NumberStarts = System.Buffers.SearchValues.Create("0123456789.");

    /// <summary>A duration as <c>1h30m</c>, <c>1.5s</c> or <c>-20ms</c>; null if the text is none or too long for 64 bits of nanoseconds.</summary>
    public static DurationValue? ParseDuration(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return new DurationValue(0);
        }

        decimal total = 0;
        do
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits >= 0 && rest[digits] == '.')
            {
                var fraction = rest[(digits + 1)..].IndexOfAnyExceptInRange('0', '9');
                digits = fraction < 0 ? -1 : digits + 1 + fraction;
            }

            if (digits <= 0 || digits > 28 || rest[..digits] is "." || Unit(rest[digits..], out var length) is not { } unit
                || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue)
            {
                return null;
            }

            total += decimal.Truncate(number * unit);
            rest = rest[(digits + length)..];
        }
        while (rest.Length > 0 && total < (decimal)long.MaxValue * 2);

        return total > long.MaxValue ? null : new DurationValue(negative ? -(long)total : (long)total);
    }

    /// <summary>A point in time by RFC 3339; null if the text is none, or outside the years 1 to 9999.</summary>
    public static CelValue? ParseTimestamp(string text)
    {
        const string Layout = "yyyy-MM-dd'T'HH:mm:ss";
        const int Length = 19;
        if (text.Length <= Length || !DateTime.TryParseExact(text[..Length], Layout, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var zone = Length;
        var nanoseconds = 0;
        if (text[zone] is '.' or ',')
        {
            zone++;
            while (zone < text.Length && char.IsAsciiDigit(text[zone]))
            {
                zone++;
            }

            if (zone == Length + 1)
            {
                return null;
            }

            nanoseconds = int.Parse(text[(Length + 1)..zone].PadRight(9, '0')[..9], CultureInfo.InvariantCulture);
        }

        if (Offset(text[zone..]) is not { } offset)
        {
            return null;
        }

        var seconds = ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset;
        return seconds is >= TimestampValue.MinSeconds and <= TimestampValue.MaxSeconds ? new TimestampValue(seconds, nanoseconds) : ErrorValue.TimestampOverflow;
    }

    private static int? Offset(string zone)
    {
        if (zone == "Z")
        {
            return 0;
        }

        return zone.Length == 6 && zone[0] is '+' or '-' && zone[3] == ':'
            && int.TryParse(zone.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= 24
            && int.TryParse(zone.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60
                ? (zone[0] == '-' ? -60 : 60) * ((hours * 60) + minutes)
                : null;
    }

    private static decimal? Unit(ReadOnlySpan<char> text, out int length)
    {
        length = text.IndexOfAny(NumberStarts);
        length = length < 0 ? text.Length : length;
        return text[..length] switch
        {
            "ns" => 1,
            "us" or "\u00B5s" or "\u03BCs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => null,
        };
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Durations as Go's <c>time.ParseDuration</c> reads and its <c>Duration.String</c> writes them, which is how Kubernetes' <c>metav1.Duration</c> is JSON:
/// <c>1h30m</c>, <c>-1.5h</c>, <c>100ms</c>. Signs, fractions and all units; at most 2^63-1 nanoseconds, which are 292 years.
/// </summary>
internal static class GoDurationText
{
    private const long NanosecondsPerTick = 100;

    // Go ignores the digits of a fraction that do not fit into 63 bits.
    private const ulong LargestScale = 1_000_000_000_000_000_000;
    private const ulong Longest = long.MaxValue;

    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789.");

    /// <summary>Reads a duration, cut to whole ticks of 100 ns. False for a text that Go refuses.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var isNegative = text is ['-', ..];
        var rest = text is ['-' or '+', ..] ? text[1..] : text;
        if (rest is "0")
        {
            return true;
        }

        UInt128 nanoseconds = 0;
        do
        {
            if (!TryReadPart(ref rest, out var part))
            {
                return false;
            }

            nanoseconds += part;
            if (nanoseconds > Longest + (isNegative ? 1UL : 0UL))
            {
                return false;
            }
        }
        while (!rest.IsEmpty);

        var ticks = (long)(nanoseconds / NanosecondsPerTick);
        duration = TimeSpan.FromTicks(isNegative ? -ticks : ticks);
        return true;
    }

    /// <summary>Writes a duration.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Go cannot hold the duration.</exception>
    public static string Format(TimeSpan duration)
    {
        var size = UInt128.CreateChecked(Int128.Abs(duration.Ticks)) * NanosecondsPerTick;
        if (size > Longest)
        {
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "It is longer than 292 years, the longest that Kubernetes can hold.");
        }

        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        var nanoseconds = (ulong)size;
        if (nanoseconds is > 0 and < 1_000_000_000)
        {
            var (unit, name) = nanoseconds >= 1_000_000 ? (1_000_000UL, "ms") : nanoseconds >= 1_000 ? (1_000UL, "µs") : (1UL, "ns");
            return Append(text, nanoseconds, unit, name).ToString();
        }

        var (minutes, seconds) = Math.DivRem(nanoseconds, 60_000_000_000);
        if (minutes >= 60)
        {
            text.Append(CultureInfo.InvariantCulture, $"{minutes / 60}h");
        }

        if (minutes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{minutes % 60}m");
        }

        return Append(text, seconds, 1_000_000_000, "s").ToString();
    }

    private static StringBuilder Append(StringBuilder text, ulong nanoseconds, ulong unit, string name)
    {
        var (whole, rest) = Math.DivRem(nanoseconds, unit);
        text.Append(CultureInfo.InvariantCulture, $"{whole}");
        return rest == 0
            ? text.Append(name)
            : text.Append(CultureInfo.InvariantCulture, $".{(unit + rest).ToString(CultureInfo.InvariantCulture).AsSpan(1).TrimEnd('0')}{name}");
    }

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, out UInt128 nanoseconds)
    {
        nanoseconds = 0;
        ulong whole = 0;
        var read = 0;
        for (; read < rest.Length && char.IsAsciiDigit(rest[read]); read++)
        {
            if (whole > Longest / 10)
            {
                return false;
            }

            whole = (whole * 10) + (uint)(rest[read] - '0');
        }

        var digits = read;
        ulong fraction = 0, scale = 1;
        if (read < rest.Length && rest[read] == '.')
        {
            for (read++; read < rest.Length && char.IsAsciiDigit(rest[read]); read++, digits++)
            {
                if (scale < LargestScale)
                {
                    (fraction, scale) = ((fraction * 10) + (uint)(rest[read] - '0'), scale * 10);
                }
            }
        }

        // A number without a unit is refused by Go too.
        var unitLength = rest[read..].IndexOfAny(NumberParts);
        var unit = unitLength < 0 ? rest[read..] : rest.Slice(read, unitLength);
        if (digits == 0 || NanosecondsPer(unit) is not { } factor)
        {
            return false;
        }

        nanoseconds = ((UInt128)whole * factor) + ((UInt128)fraction * factor / scale);
        rest = rest[(read + unit.Length)..];
        return true;
    }

    private static ulong? NanosecondsPer(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3_600_000_000_000,
        "m" => 60_000_000_000,
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "us" or "µs" or "μs" => 1_000,
        "ns" => 1,
        _ => null,
    };
}

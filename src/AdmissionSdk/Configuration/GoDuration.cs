using System.Buffers;
using System.Globalization;

namespace AdmissionSdk.Configuration;

/// <summary>Reads Go durations such as <c>10s</c>, <c>1m30s</c> or <c>500ms</c>, as in <c>?timeout=10s</c> (contract 8.2).</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>False for anything malformed, zero or negative: then the webhook's own timeout counts.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var rest = (text ?? "").AsSpan().Trim();
        if (rest.IsEmpty || rest.Length > 64)
        {
            return false;
        }

        var seconds = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            // A number without a unit is refused by Go too.
            if (digits <= 0
                || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > int.MaxValue)
            {
                return false;
            }

            rest = rest[digits..];
            var unitLength = rest.IndexOfAny(NumberCharacters);
            var unit = unitLength < 0 ? rest : rest[..unitLength];
            if (SecondsPer(unit) is not { } factor)
            {
                return false;
            }

            seconds += number * factor;
            rest = rest[unit.Length..];
        }

        if (seconds <= 0 || seconds > int.MaxValue)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return duration > TimeSpan.Zero;
    }

    private static decimal? SecondsPer(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3600m,
        "m" => 60m,
        "s" => 1m,
        "ms" => 0.001m,
        "us" or "µs" or "μs" => 0.000001m,
        "ns" => 0.000000001m,
        _ => null,
    };
}

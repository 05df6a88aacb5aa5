using System.Buffers;
using System.Text.Json;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>Spells quantities within the bounds of Kubernetes, which caps their size at 2^63-1 and rounds up to a billionth.</summary>
internal static class QuantityText
{
    private const string Largest = "9223372036854775807";
    private const string Smallest = "1n";

    // A longer text or a greater exponent is far out of bounds, and is never computed.
    private const int LongestNumber = 40;

    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789.");

    /// <summary>Writes a quantity so that the API server reads the same value.</summary>
    public static string Format(ResourceQuantity value)
    {
        decimal number;
        try
        {
            number = value.ToDecimal();
        }
        catch (OverflowException)
        {
            return value.ToBigInteger().Sign < 0 ? "-" + Largest : Largest;
        }

        return number > ResourceQuantity.MaxAllowed ? Largest
            : number < -ResourceQuantity.MaxAllowed ? "-" + Largest
            : number < 0 ? "-" + new ResourceQuantity(-number, 0, value.Format)
            : value.ToString();
    }

    /// <summary>Returns the quantity, or the nearest that Kubernetes would keep if the quantity is too large or too small to compute with.</summary>
    /// <exception cref="JsonException">The text is malformed, and too long for the model.</exception>
    public static string Bound(string text)
    {
        var rest = text.AsSpan().Trim();
        var sign = rest is ['-', ..] ? "-" : "";
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        var end = rest.IndexOfAnyExcept(NumberParts);
        var (number, suffix) = end < 0 ? (rest.ToString(), "") : (rest[..end].ToString(), rest[end..].ToString());
        var isExponent = suffix is ['e' or 'E', '+' or '-' or (>= '0' and <= '9'), ..];
        var exponent = isExponent ? ParseExponent(suffix[1..]) : 0;
        if (number.Length <= LongestNumber && Math.Abs(exponent) <= LongestNumber && suffix.Length <= LongestNumber)
        {
            return text;
        }

        if (number.Split('.') is not [var whole, .. { Length: <= 1 } decimals] || suffix.Length > LongestNumber)
        {
            throw new JsonException("A quantity is malformed.");
        }

        // The number as 0.digits × 10^magnitude.
        var all = whole + string.Concat(decimals);
        var digits = all.TrimStart('0');
        var magnitude = exponent + whole.Length - (all.Length - digits.Length);
        return digits.Length == 0 ? "0"
            : magnitude > LongestNumber ? sign + Largest
            : magnitude < -LongestNumber ? sign + Smallest
            : sign + PlacePoint(digits.Length > LongestNumber ? digits[..LongestNumber] : digits, (int)magnitude) + (isExponent ? "e0" : suffix);
    }

    private static string PlacePoint(string digits, int magnitude) => magnitude switch
    {
        <= 0 => "0." + new string('0', -magnitude) + digits,
        _ when magnitude < digits.Length => $"{digits[..magnitude]}.{digits[magnitude..]}",
        _ => digits.PadRight(magnitude, '0'),
    };

    private static long ParseExponent(string text)
    {
        var digits = (text[0] is '+' or '-' ? text[1..] : text).TrimStart('0');
        if (digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new JsonException("A quantity is malformed.");
        }

        var size = digits.Length == 0 ? 0 : digits.Length < 10 && int.TryParse(digits, out var parsed) ? parsed : int.MaxValue;
        return text[0] == '-' ? -(long)size : size;
    }
}

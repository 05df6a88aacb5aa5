using System.Buffers;
using System.Text.Json;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>The spelling of quantities, within the bounds that Kubernetes sets: it caps their size at 2^63-1 and rounds up to a billionth.</summary>
internal static class QuantityText
{
    private const string Largest = "9223372036854775807";
    private const string Smallest = "1n";

    // What is longer, or has a greater exponent, is far out of bounds, and is never computed.
    private const int Most = 40;

    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789.");

    /// <summary>A quantity as the API server reads it back with the same value.</summary>
    public static string Of(ResourceQuantity value)
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

    /// <summary>The same quantity, or the nearest that Kubernetes would keep when it is too large or too small to compute with.</summary>
    /// <exception cref="JsonException">It is so long that the model must not be asked, and no quantity.</exception>
    public static string Bound(string text)
    {
        var rest = text.AsSpan().Trim();
        var sign = rest is ['-', ..] ? "-" : "";
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        var end = rest.IndexOfAnyExcept(NumberParts);
        var (number, suffix) = end < 0 ? (rest.ToString(), "") : (rest[..end].ToString(), rest[end..].ToString());
        var isExponent = suffix is ['e' or 'E', '+' or '-' or (>= '0' and <= '9'), ..];
        var exponent = isExponent ? Exponent(suffix[1..]) : 0;
        if (number.Length <= Most && Math.Abs(exponent) <= Most && suffix.Length <= Most)
        {
            return text;
        }

        if (number.Split('.') is not [var whole, .. { Length: <= 1 } decimals] || suffix.Length > Most)
        {
            throw new JsonException("A quantity is malformed.");
        }

        // The number as 0.digits × 10^magnitude.
        var all = whole + string.Concat(decimals);
        var digits = all.TrimStart('0');
        var magnitude = exponent + whole.Length - (all.Length - digits.Length);
        return digits.Length == 0 ? "0"
            : magnitude > Most ? sign + Largest
            : magnitude < -Most ? sign + Smallest
            : sign + Place(digits.Length > Most ? digits[..Most] : digits, (int)magnitude) + (isExponent ? "e0" : suffix);
    }

    private static string Place(string digits, int magnitude) => magnitude switch
    {
        <= 0 => "0." + new string('0', -magnitude) + digits,
        _ when magnitude < digits.Length => $"{digits[..magnitude]}.{digits[magnitude..]}",
        _ => digits.PadRight(magnitude, '0'),
    };

    private static long Exponent(string text)
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

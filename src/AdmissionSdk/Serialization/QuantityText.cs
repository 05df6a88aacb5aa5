using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Spells quantities as Kubernetes does, exactly: rounded up to a billionth, and capped at 2^63-1 only with a binary suffix, as in the API server. Sizes
/// beyond 10^128 read as 10^128, because requesters choose them, and nobody is to compute <c>1e999999999</c>.
/// </summary>
internal static class QuantityText
{
    private const int LargestMagnitude = 128;
    private const int NanoDigits = 9;

    // Enough for the largest magnitude in billionths; what comes after only decides that the last digit is rounded up.
    private const int LongestNumber = LargestMagnitude + NanoDigits + 1;
    private const int DecimalSuffixStep = 1000;

    // The largest suffix is E; an exponent has room for more zeros.
    private const int LargestDecimalExponent = 18;

    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789.");
    private static readonly BigInteger Nano = BigInteger.Pow(10, NanoDigits);
    private static readonly BigInteger Largest = BigInteger.Pow(10, LargestMagnitude) * Nano;
    private static readonly BigInteger LargestBinary = long.MaxValue * Nano;
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>Writes a quantity so that the API server reads the same value.</summary>
    public static string Format(ResourceQuantity value)
    {
        var nanos = QuantityFraction.InNanos(value);
        var text = value.Format switch
        {
            ResourceQuantity.SuffixFormat.BinarySI when BigInteger.Abs(nanos) >= 1024 * Nano && nanos % Nano == 0 => Binary(BigInteger.Abs(nanos) / Nano),
            ResourceQuantity.SuffixFormat.DecimalExponent => Exponent(BigInteger.Abs(nanos)),
            _ => Decimal(BigInteger.Abs(nanos)),
        };
        return nanos.Sign < 0 ? "-" + text : text;
    }

    /// <summary>Reads a quantity.</summary>
    /// <exception cref="JsonException">The text is malformed.</exception>
    public static ResourceQuantity Parse(ReadOnlySpan<char> text)
    {
        var rest = text.Trim();
        var isNegative = rest is ['-', ..];
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        var length = rest.IndexOfAnyExcept(NumberParts);
        var number = length < 0 ? rest : rest[..length];
        var (format, factor, exponent) = ReadSuffix(rest[number.Length..]);
        var (digits, decimals) = ReadNumber(number);

        // The value is 0.digits × 10^magnitude × factor.
        var magnitude = exponent + digits.Length - decimals;
        var nanos = digits.Length == 0 ? BigInteger.Zero
            : magnitude > LargestMagnitude ? Largest
            : magnitude < -LargestMagnitude ? BigInteger.One
            : ToNanos(digits, (int)magnitude, factor);
        nanos = format == ResourceQuantity.SuffixFormat.BinarySI ? BigInteger.Min(nanos, LargestBinary) : BigInteger.Min(nanos, Largest);

        // As in the API server: a fraction of one has no binary suffix.
        format = format == ResourceQuantity.SuffixFormat.BinarySI && nanos < Nano ? ResourceQuantity.SuffixFormat.DecimalSI : format;
        return QuantityFraction.FromNanos(isNegative ? -nanos : nanos, format);
    }

    private static BigInteger ToNanos(ReadOnlySpan<char> digits, int magnitude, BigInteger factor)
    {
        var isCut = digits.Length > LongestNumber && digits[LongestNumber..].ContainsAnyExcept('0');
        var kept = digits[..Math.Min(digits.Length, LongestNumber)];
        var value = BigInteger.Parse(kept, NumberStyles.None, CultureInfo.InvariantCulture) * factor;
        var scale = magnitude - kept.Length + NanoDigits;
        if (scale >= 0)
        {
            return value * BigInteger.Pow(10, scale);
        }

        var (nanos, remainder) = BigInteger.DivRem(value, BigInteger.Pow(10, -scale));
        return remainder.IsZero && !isCut ? nanos : nanos + 1;
    }

    /// <summary>Reads the digits without leading zeros, and the number of decimals among all digits.</summary>
    private static (string Digits, int Decimals) ReadNumber(ReadOnlySpan<char> number)
    {
        var point = number.IndexOf('.');
        var decimals = point < 0 ? [] : number[(point + 1)..];
        return number.IsEmpty || number.Length - (point < 0 ? 0 : 1) == 0 || decimals.Contains('.')
            ? throw new JsonException("A quantity is malformed.")
            : (string.Concat(point < 0 ? number : number[..point], decimals).TrimStart('0'), decimals.Length);
    }

    private static (ResourceQuantity.SuffixFormat Format, BigInteger Factor, long Exponent) ReadSuffix(ReadOnlySpan<char> suffix)
    {
        if (suffix is ['e' or 'E', '+' or '-' or (>= '0' and <= '9'), ..])
        {
            return (ResourceQuantity.SuffixFormat.DecimalExponent, 1, ReadExponent(suffix[1..]));
        }

        var text = suffix.ToString();
        var index = Array.IndexOf(DecimalSuffixes, text);
        if (index >= 0)
        {
            return (ResourceQuantity.SuffixFormat.DecimalSI, 1, (index - 3) * 3);
        }

        index = Array.IndexOf(BinarySuffixes, text);
        return index > 0
            ? (ResourceQuantity.SuffixFormat.BinarySI, BigInteger.One << (10 * index), 0)
            : throw new JsonException("A quantity is malformed.");
    }

    private static long ReadExponent(ReadOnlySpan<char> text)
    {
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            throw new JsonException("A quantity is malformed.");
        }

        digits = digits.TrimStart('0');
        long size = digits.IsEmpty ? 0 : digits.Length < 10 ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : int.MaxValue;
        return text[0] == '-' ? -size : size;
    }

    private static string Binary(BigInteger value)
    {
        var index = 0;
        for (; index < BinarySuffixes.Length - 1 && value % 1024 == 0; index++)
        {
            value /= 1024;
        }

        return value.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[index];
    }

    private static string Decimal(BigInteger nanos)
    {
        var (value, exponent) = Strip(nanos);
        return exponent <= LargestDecimalExponent
            ? value.ToString(CultureInfo.InvariantCulture) + DecimalSuffixes[(exponent + NanoDigits) / 3]
            : Exponent(nanos);
    }

    private static string Exponent(BigInteger nanos)
    {
        var (value, exponent) = Strip(nanos);
        return value.ToString(CultureInfo.InvariantCulture) + (exponent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"e{exponent}"));
    }

    /// <summary>The number of fewest digits with an exponent that is a multiple of three.</summary>
    private static (BigInteger Value, int Exponent) Strip(BigInteger nanos)
    {
        if (nanos.IsZero)
        {
            return (nanos, 0);
        }

        var exponent = -NanoDigits;
        for (; nanos % DecimalSuffixStep == 0; exponent += 3)
        {
            nanos /= DecimalSuffixStep;
        }

        return (nanos, exponent);
    }
}

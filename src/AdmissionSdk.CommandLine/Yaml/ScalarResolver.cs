using System.Globalization;
using System.Text.RegularExpressions;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Resolves a plain scalar as kubectl's reader does (YAML 1.1, by Go's second yaml package).</summary>
internal static partial class ScalarResolver
{
    public static YamlScalarKind Kind(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => YamlScalarKind.Null,
        _ when Boolean(plain) is not null => YamlScalarKind.Boolean,
        _ when IsNumber(plain) => YamlScalarKind.Number,
        _ => YamlScalarKind.String,
    };

    public static bool? Boolean(string plain) => plain switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    /// <summary>Reads a number as JSON; null for a number that JSON lacks, such as <c>.nan</c>.</summary>
    public static string? Number(string plain)
    {
        var text = plain.Replace("_", "", StringComparison.Ordinal);
        if (Integer(text) is { } integer)
        {
            return integer;
        }

        return Float().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsNumber(string plain)
    {
        if (!char.IsAsciiDigit(plain[0]) && plain[0] is not ('+' or '-' or '.'))
        {
            return false;
        }

        var text = plain.Replace("_", "", StringComparison.Ordinal);
        return Integer(text) is not null || Float().IsMatch(text) || text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN";
    }

    private static string? Integer(string text)
    {
        var isNegative = text.StartsWith('-');
        var digits = isNegative || text.StartsWith('+') ? text[1..] : text;
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]))
        {
            return null;
        }

        var (radix, from) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        UInt128 value = 0;
        foreach (var digit in digits.AsSpan(from))
        {
            var amount = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (amount >= radix || (value = (value * (UInt128)radix) + (UInt128)amount) > ulong.MaxValue)
            {
                return null;
            }
        }

        // An integer that does not fit is read as a float, if the text has the form of a float.
        return from == digits.Length || (isNegative && value > (UInt128)long.MaxValue + 1) ? null
            : (isNegative && value > 0 ? "-" : "") + value.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Float();
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Resolves a scalar as kubectl's reader does (YAML 1.1, by Go's second yaml package).</summary>
internal static partial class ScalarResolver
{
    private const string Standard = "tag:yaml.org,2002:";

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
    public static string? Number(string plain) => Integer(plain) ?? (Float(plain) is { } number && double.IsFinite(number) ? GoNumber.ToJson(number) : null);

    /// <summary>Reads a number as a key of JSON; null for an integer that kubectl does not take for a key.</summary>
    public static string? NumberKey(string plain) => Integer(plain) is { } integer ? (long.TryParse(integer, CultureInfo.InvariantCulture, out _) ? integer : null)
        : Float(plain) is { } number ? GoNumber.ToKey(number) : null;

    /// <summary>True for a tag by which kubectl reads another value than the text. Every other tag but <c>!!merge</c> stands for a string.</summary>
    public static bool IsResolved(string tag) =>
        tag.StartsWith(Standard, StringComparison.Ordinal) && tag.AsSpan(Standard.Length) is "bool" or "int" or "float" or "null" or "timestamp" or "binary";

    /// <summary>Reads the value that such a tag makes of a text.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; null for null.</param>
    /// <returns>False if kubectl refuses the text.</returns>
    public static bool TryResolve(string tag, string text, out JsonNode? value)
    {
        value = null;
        var name = tag[Standard.Length..];
        if (name == "binary")
        {
            return TryDecode(text, out value);
        }

        switch (Kind(text))
        {
            case YamlScalarKind.Null:
                return name == "null";
            case YamlScalarKind.Boolean:
                value = JsonValue.Create(Boolean(text)!.Value);
                return name == "bool";
            case YamlScalarKind.Number:
                value = Number(text) is { } number ? JsonNode.Parse(number) : null;
                return value is not null && name switch
                {
                    "float" => Integer(text) is not { } integer || long.TryParse(integer, CultureInfo.InvariantCulture, out _),
                    "int" => Integer(text) is not null,
                    _ => false,
                };
            default:
                value = JsonValue.Create(text);
                return name == "timestamp" && IsTimestamp(text);
        }
    }

    private static bool IsTimestamp(string text) => Timestamp().Match(text) is { Success: true } match
        && DateOnly.TryParseExact(match.Groups["date"].ValueSpan, "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && (!match.Groups["time"].Success || TimeOnly.TryParseExact(match.Groups["time"].ValueSpan, "H:m:s", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    // Go leaves line breaks in base64 out, and no other white space.
    private static bool TryDecode(string text, out JsonNode? value)
    {
        value = null;
        if (text.AsSpan().ContainsAny(' ', '\t'))
        {
            return false;
        }

        try
        {
            value = JsonValue.Create(Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal))));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsNumber(string plain) =>
        (char.IsAsciiDigit(plain[0]) || plain[0] is '+' or '-' or '.') && (Integer(plain) is not null || Float(plain) is not null);

    private static double? Float(string plain)
    {
        switch (plain)
        {
            case ".nan" or ".NaN" or ".NAN":
                return double.NaN;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return double.PositiveInfinity;
            case "-.inf" or "-.Inf" or "-.INF":
                return double.NegativeInfinity;
        }

        // Underscores count behind a digit or a sign only, and a number out of range is a string.
        var text = plain[0] == '.' ? plain : plain.Replace("_", "", StringComparison.Ordinal);
        return FloatText().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private static string? Integer(string plain)
    {
        if (plain[0] == '.')
        {
            return null;
        }

        var text = plain.Replace("_", "", StringComparison.Ordinal);
        var isSigned = text.StartsWith('-') || text.StartsWith('+');
        var isNegative = text.StartsWith('-');
        var digits = isSigned ? text[1..] : text;
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

        // An integer that does not fit is read as a float, if the text has the form of a float. With a sign, 63 bits fit.
        var most = isNegative ? (UInt128)long.MaxValue + 1 : isSigned ? long.MaxValue : ulong.MaxValue;
        return from == digits.Length || value > most ? null : (isNegative && value > 0 ? "-" : "") + value.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FloatText();

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})((([Tt](?<time>[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))|( (?<time>[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})(\.[0-9]+)?)))?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Timestamp();
}

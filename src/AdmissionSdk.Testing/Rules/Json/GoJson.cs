using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>
/// Writes JSON as Go's encoding/json does: compact, with <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and U+2028/9 as lower-case
/// escapes and numbers in Go's shortest form. A <c>test</c> operation compares this text (contract 4.1, 12.6).
/// </summary>
internal static class GoJson
{
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    public static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                AppendObject(text, members);
                break;
            case JsonArray items:
                AppendArray(text, items);
                break;
            case JsonValue value:
                AppendValue(text, value);
                break;
        }
    }

    public static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            AppendChar(text, value, ref i);
        }

        text.Append('"');
    }

    /// <summary>The text Go's encoder writes for a number literal: an integer if it fits, else the shortest float.</summary>
    public static string Number(string literal)
    {
        var isFloat = literal.AsSpan().IndexOfAny('.', 'e', 'E') >= 0;
        if (!isFloat && long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer.ToString(CultureInfo.InvariantCulture);
        }

        return Float(double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private static void AppendObject(StringBuilder text, JsonObject members)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, value) in members)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            AppendString(text, name);
            text.Append(':');
            Append(text, value);
        }

        text.Append('}');
    }

    private static void AppendArray(StringBuilder text, JsonArray items)
    {
        text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            Append(text, items[i]);
        }

        text.Append(']');
    }

    private static void AppendValue(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                AppendString(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.ToJsonString()));
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    private static void AppendChar(StringBuilder text, string value, ref int i)
    {
        var c = value[i];
        switch (c)
        {
            case '"': text.Append("\\\""); break;
            case '\\': text.Append("\\\\"); break;
            case '\n': text.Append("\\n"); break;
            case '\r': text.Append("\\r"); break;
            case '\t': text.Append("\\t"); break;
            case '\b': text.Append("\\b"); break;
            case '\f': text.Append("\\f"); break;
            case '<' or '>' or '&' or '\u2028' or '\u2029' or < ' ':
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                break;
            default:
                if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                {
                    text.Append(c).Append(value[++i]);
                }
                else
                {
                    text.Append(char.IsSurrogate(c) ? '\uFFFD' : c);
                }

                break;
        }
    }

    // The shortest digits that read back as the same number, plain between 1e-6 and 1e21, else with an exponent.
    private static string Float(double value)
    {
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (mantissa, exponent) = text.Split('E') is [var left, var right] ? (left, int.Parse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : (text, 0);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? dot : mantissa.Length;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        if (digits.Length == 0)
        {
            return "0";
        }

        // The number is 0.digits × 10^scale.
        var scale = point + exponent - leadingZeros;
        var sign = value < 0 ? "-" : "";
        if (scale is <= -6 or > 21)
        {
            var power = scale - 1;
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return $"{sign}{digits[0]}{fraction}e{(power < 0 ? "-" : "+")}{Math.Abs(power).ToString(power < 0 ? "0" : "00", CultureInfo.InvariantCulture)}";
        }

        if (scale <= 0)
        {
            return $"{sign}0.{new string('0', -scale)}{digits}";
        }

        return scale >= digits.Length ? sign + digits.PadRight(scale, '0') : $"{sign}{digits[..scale]}.{digits[scale..]}";
    }
}

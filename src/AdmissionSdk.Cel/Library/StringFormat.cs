using System.Globalization;
using System.Text;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary><c>"%s is %d".format([...])</c>. The version of Kubernetes groups thousands and writes powers of ten in superscript; the later one of CEL does neither.</summary>
internal static class StringFormat
{
    private const int DefaultPrecision = 6;
    private const int MostDigits = 1000;

    public static CelValue Format(string format, ListValue arguments, bool localized)
    {
        var result = new StringBuilder();
        var argument = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            if (i + 1 < format.Length && format[i + 1] == '%')
            {
                result.Append(format[++i]);
                continue;
            }

            if (argument >= arguments.Count)
            {
                return new ErrorValue($"index {argument} out of range");
            }

            var (text, error) = Clause(format, ref i, arguments.At(argument++), localized);
            if (error is not null)
            {
                return new ErrorValue(error);
            }

            result.Append(text);
        }

        return new StringValue(result.ToString());
    }

    private static (string? Text, string? Error) Clause(string format, ref int i, CelValue value, bool localized)
    {
        var precision = DefaultPrecision;
        if (++i < format.Length && format[i] == '.')
        {
            var start = ++i;
            while (i < format.Length && char.IsAsciiDigit(format[i]))
            {
                i++;
            }

            if (i == format.Length)
            {
                return (null, "could not parse formatting clause: error while parsing precision: could not find end of precision specifier");
            }

            if (!int.TryParse(format[start..i], NumberStyles.None, CultureInfo.InvariantCulture, out precision) || precision > MostDigits)
            {
                return (null, $"could not parse formatting clause: error while parsing precision: \"{format[start..i]}\" is not a number up to {MostDigits}");
            }
        }

        if (i >= format.Length)
        {
            return (null, "unexpected end of string");
        }

        var (text, error) = format[i] switch
        {
            's' => Text(value, localized),
            'd' => value is IntValue or UintValue || (value is DoubleValue && !localized) ? (Number(value), null) : (null, $"decimal clause can only be used on integers, was given {value.TypeName}"),
            'f' => Double(value, localized) is { } number ? (Fixed(number, precision, localized), null) : (null, $"fixed-point clause can only be used on doubles, was given {value.TypeName}"),
            'e' => Double(value, localized) is { } number ? (Scientific(number, precision, localized), null) : (null, $"scientific clause can only be used on doubles, was given {value.TypeName}"),
            'b' => value is BoolValue boolean ? (boolean.Value ? "1" : "0", null) : Digits(value, 2) is { } bits ? (bits, null) : (null, $"only integers and bools can be formatted as binary, was given {value.TypeName}"),
            'x' or 'X' => Hex(value, format[i] == 'X') is { } hex ? (hex, null) : (null, $"only integers, byte buffers, and strings can be formatted as hex, was given {value.TypeName}"),
            'o' => Digits(value, 8) is { } octal ? (octal, null) : (null, $"octal clause can only be used on integers, was given {value.TypeName}"),
            var other => ((string?)null, $"\0unrecognized formatting clause \"{other}\""),
        };
        return (text, error is null ? null : error[0] == '\0' ? "could not parse formatting clause: " + error[1..] : "error during formatting: " + error);
    }

    private static string Number(CelValue value) => value is DoubleValue number ? Plain(number.Value) : value.ToString();

    private static string Plain(double value) => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity") : DoubleText.Plain(value);

    private static double? Double(CelValue value, bool localized) => value switch
    {
        DoubleValue number => number.Value,
        StringValue { Value: "NaN" } when localized => double.NaN,
        StringValue { Value: "Infinity" } when localized => double.PositiveInfinity,
        StringValue { Value: "-Infinity" } when localized => double.NegativeInfinity,
        IntValue or UintValue when !localized => ((DoubleValue)Conversions.ToDouble(value)).Value,
        _ => null,
    };

    private static string Fixed(double value, int precision, bool localized)
    {
        if (!double.IsFinite(value))
        {
            return !localized || double.IsNaN(value) ? Plain(value) : value > 0 ? "∞" : "-∞";
        }

        return value.ToString((localized ? "N" : "F") + precision, CultureInfo.InvariantCulture);
    }

    private static string Scientific(double value, int precision, bool localized)
    {
        if (!double.IsFinite(value))
        {
            return Fixed(value, precision, localized);
        }

        var parts = value.ToString($"E{precision}", CultureInfo.InvariantCulture).Split('E');
        var power = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (!localized)
        {
            return $"{parts[0]}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}";
        }

        var raised = string.Concat(Math.Abs(power).ToString("00", CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
        return $"{parts[0]}\u202F×\u202F10{(power < 0 ? "⁻" : "")}{raised}";
    }

    private static string? Digits(CelValue value, int radix)
    {
        var (negative, magnitude) = value switch
        {
            IntValue number => (number.Value < 0, (ulong)(number.Value < 0 ? -(Int128)number.Value : number.Value)),
            UintValue number => (false, number.Value),
            _ => (false, (ulong?)null),
        };
        if (magnitude is not { } rest)
        {
            return null;
        }

        var digits = "";
        do
        {
            digits = "0123456789abcdef"[(int)(rest % (ulong)radix)] + digits;
            rest /= (ulong)radix;
        }
        while (rest > 0);

        return negative ? "-" + digits : digits;
    }

    private static string? Hex(CelValue value, bool upper)
    {
        var hex = value switch
        {
            StringValue text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text.Value)),
            BytesValue bytes => Convert.ToHexStringLower(bytes.Value.Span),
            _ => Digits(value, 16),
        };
        return upper ? hex?.ToUpperInvariant() : hex;
    }

    private static (string? Text, string? Error) Text(CelValue value, bool localized)
    {
        Effort.Spend();
        return value switch
        {
            ListValue list => Join("[", "]", list.Elements.Select(element => Element(element, localized))),
            MapValue map => Join("{", "}", Entries(map, localized)),
            DoubleValue number => (localized ? number.ToString() : Plain(number.Value), null),
            StringValue or BytesValue or IntValue or UintValue or BoolValue or NullValue or TypeValue or TimestampValue or DurationValue => (value.ToString(), null),
            _ => (null, $"string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given {value.TypeName}"),
        };
    }

    private static IEnumerable<(string? Text, string? Error)> Entries(MapValue map, bool localized) => map.Keys
        .Select(key => (Key: Element(key, localized), Value: Element(map.Find(key)!, localized)))
        .Select(entry => (Text: $"{entry.Key.Text}{(localized ? ":" : ": ")}{entry.Value.Text}", Error: entry.Key.Error ?? entry.Value.Error))
        .OrderBy(entry => entry.Text, StringComparer.Ordinal)
        .Select(entry => ((string?)entry.Text, entry.Error));

    private static (string? Text, string? Error) Join(string open, string close, IEnumerable<(string? Text, string? Error)> parts)
    {
        var all = parts.ToList();
        return all.Find(part => part.Error is not null) is { Error: { } error } ? (null, error) : (open + string.Join(", ", all.Select(part => part.Text)) + close, null);
    }

    // Inside lists and maps, the version of Kubernetes writes values as an expression would.
    private static (string? Text, string? Error) Element(CelValue value, bool localized) => !localized ? Text(value, localized) : value switch
    {
        StringValue text => (StringLibrary.Quote(text.Value), null),
        BytesValue bytes => ("b" + StringLibrary.Quote(bytes.ToString()), null),
        DoubleValue number when double.IsFinite(number.Value) => (number.Value.ToString($"F{DefaultPrecision}", CultureInfo.InvariantCulture), null),
        DoubleValue number => ($"\"{number}\"", null),
        TimestampValue => ($"timestamp(\"{value}\")", null),
        DurationValue => ($"duration(\"{value}\")", null),
        _ => Text(value, localized),
    };
}

using System.Globalization;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>Values as values of other types; an error if there is none.</summary>
internal static class Conversions
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    public static CelValue ToBool(CelValue value) => value switch
    {
        BoolValue => value,
        StringValue { Value: "1" or "t" or "T" or "true" or "TRUE" or "True" } => BoolValue.True,
        StringValue { Value: "0" or "f" or "F" or "false" or "FALSE" or "False" } => BoolValue.False,
        _ => Failed(value, CelType.Bool),
    };

    public static CelValue ToBytes(CelValue value) => value switch
    {
        BytesValue => value,
        StringValue text => BytesValue.OfText(text.Value),
        _ => Failed(value, CelType.Bytes),
    };

    public static CelValue ToInt(CelValue value) => value switch
    {
        IntValue => value,
        UintValue number => number.Value <= long.MaxValue ? IntValue.Of((long)number.Value) : ErrorValue.IntOverflow,
        DoubleValue number => number.Value is > -TwoTo63 and < TwoTo63 ? IntValue.Of((long)number.Value) : ErrorValue.IntOverflow,
        TimestampValue time => IntValue.Of(time.Seconds),
        DurationValue duration => IntValue.Of(duration.Nanoseconds),
        StringValue text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => IntValue.Of(number),
        _ => Failed(value, CelType.Int),
    };

    public static CelValue ToUint(CelValue value) => value switch
    {
        UintValue => value,
        IntValue number => number.Value >= 0 ? new UintValue((ulong)number.Value) : ErrorValue.UintOverflow,
        DoubleValue number => number.Value is >= 0 and < TwoTo64 ? new UintValue((ulong)number.Value) : ErrorValue.UintOverflow,
        StringValue text when ulong.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new UintValue(number),
        _ => Failed(value, CelType.Uint),
    };

    public static CelValue ToDouble(CelValue value) => value switch
    {
        DoubleValue => value,
        IntValue number => new DoubleValue(number.Value),
        UintValue number => new DoubleValue(number.Value),
        StringValue text when ParseDouble(text.Value) is { } number => new DoubleValue(number),
        _ => Failed(value, CelType.Double),
    };

    public static CelValue ToText(CelValue value) => value switch
    {
        StringValue => value,
        BytesValue bytes => bytes.TryGetText() is { } text ? new StringValue(text) : new ErrorValue("invalid UTF-8 in bytes, cannot convert to string"),
        BoolValue or IntValue or UintValue or DoubleValue or TimestampValue or DurationValue or NullValue => new StringValue(value.ToString()),
        _ => Failed(value, CelType.String),
    };

    public static CelValue ToDuration(CelValue value) => value switch
    {
        DurationValue => value,
        IntValue number => new DurationValue(number.Value),
        StringValue text when TimeText.ParseDuration(text.Value) is { } duration => duration,
        _ => Failed(value, CelType.Duration),
    };

    public static CelValue ToTimestamp(CelValue value) => value switch
    {
        TimestampValue => value,
        IntValue { Value: >= TimestampValue.MinSeconds and <= TimestampValue.MaxSeconds } number => new TimestampValue(number.Value, 0),
        IntValue => ErrorValue.TimestampOverflow,
        StringValue text when TimeText.ParseTimestamp(text.Value) is { } time => time,
        _ => Failed(value, CelType.Timestamp),
    };

    /// <summary>A number as Go reads one: NaN and infinities in any case, no blanks, a range error for what is too large.</summary>
    public static double? ParseDouble(string text)
    {
        var unsigned = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            return double.NaN;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private static ErrorValue Failed(CelValue value, CelType to) => ErrorValue.Conversion(value.TypeName, to);
}

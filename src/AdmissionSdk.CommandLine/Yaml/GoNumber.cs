using System.Globalization;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Writes a number of 64 bits as Go does: the shortest digits, with an exponent only if the number is very large or small.</summary>
internal static class GoNumber
{
    /// <summary>Writes a finite number as JSON.</summary>
    public static string ToJson(double number)
    {
        var (sign, digits, exponent) = Split(number.ToString("E16", CultureInfo.InvariantCulture), number.ToString("R", CultureInfo.InvariantCulture));
        return exponent is < -6 or >= 21 ? Scientific(sign, digits, exponent, "") : Fixed(sign, digits, exponent);
    }

    /// <summary>Writes a number as a key, with the precision of 32 bits.</summary>
    public static string ToKey(double number)
    {
        var single = (float)number;
        if (!float.IsFinite(single))
        {
            return float.IsNaN(single) ? ".nan" : single > 0 ? ".inf" : "-.inf";
        }

        var (sign, digits, exponent) = Split(single.ToString("E8", CultureInfo.InvariantCulture), single.ToString("R", CultureInfo.InvariantCulture));
        return exponent is < -4 or >= 6 ? Scientific(sign, digits, exponent, "0") : Fixed(sign, digits, exponent);
    }

    // The exponent comes from one form, the shortest digits from the other.
    private static (string Sign, string Digits, int Exponent) Split(string scientific, string shortest)
    {
        var sign = shortest.StartsWith('-') ? "-" : "";
        var mantissa = shortest.TrimStart('-').Split('E')[0];
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? (sign, "0", 0) : (sign, digits, int.Parse(scientific[(scientific.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture));
    }

    private static string Fixed(string sign, string digits, int exponent) => exponent switch
    {
        < 0 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
        _ when digits.Length <= exponent + 1 => sign + digits.PadRight(exponent + 1, '0'),
        _ => $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
    };

    private static string Scientific(string sign, string digits, int exponent, string padding)
    {
        var size = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? "-" : "+")}{(size.Length == 1 ? padding : "")}{size}";
    }
}

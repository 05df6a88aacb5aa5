using System.Globalization;

namespace AdmissionSdk.Cel.Values;

/// <summary>Doubles as text, as Go writes them: an exponent has a sign and two digits at least.</summary>
internal static class DoubleText
{
    private const int LeastPlainExponent = -4;
    private const int MostPlainExponent = 5;

    /// <summary>The shortest text that reads back as the same number; with an exponent for very large and very small ones.</summary>
    public static string Shortest(double value) => Special(value) ?? Layout(value, plain: false);

    /// <summary>The shortest text without an exponent.</summary>
    public static string Plain(double value) => Special(value) ?? Layout(value, plain: true);

    public static string? Special(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => double.IsNaN(value) ? "NaN" : null,
    };

    private static string Layout(double value, bool plain)
    {
        var sign = double.IsNegative(value) ? "-" : "";
        var (digits, exponent) = Shortest(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        if (digits.Length == 0)
        {
            return sign + "0";
        }

        if (!plain && exponent is < LeastPlainExponent or > MostPlainExponent)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        return digits.Length <= exponent + 1
            ? sign + digits.PadRight(exponent + 1, '0')
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The significant digits, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Shortest(string text)
    {
        var parts = text.Split('E');
        var power = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), power + whole - 1 - (all.Length - digits.Length));
    }
}

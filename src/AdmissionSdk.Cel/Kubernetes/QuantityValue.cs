using System.Globalization;
using System.Numerics;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>A quantity, exact to the nano: what is smaller is rounded up when it is read.</summary>
internal sealed class QuantityValue : KubernetesValue
{
    public const string Name = "kubernetes.Quantity";

    // Beyond these, texts are refused before their digits are counted with.
    private const int LongestText = 1000;
    private const int LargestExponent = 1000;

    private static readonly CelType QuantityType = CelType.StructOf(Name);
    private static readonly BigInteger Nano = BigInteger.Pow(10, 9);
    private static readonly BigInteger Largest = long.MaxValue * Nano;

    private static readonly Dictionary<string, (int Base, int Power)> Suffixes = new(StringComparer.Ordinal)
    {
        ["n"] = (10, -9),
        ["u"] = (10, -6),
        ["m"] = (10, -3),
        [""] = (10, 0),
        ["k"] = (10, 3),
        ["M"] = (10, 6),
        ["G"] = (10, 9),
        ["T"] = (10, 12),
        ["P"] = (10, 15),
        ["E"] = (10, 18),
        ["Ki"] = (2, 10),
        ["Mi"] = (2, 20),
        ["Gi"] = (2, 30),
        ["Ti"] = (2, 40),
        ["Pi"] = (2, 50),
        ["Ei"] = (2, 60),
    };

    // From so many digits on, Kubernetes counts with decimals, which are never integers for it.
    private const int MostDigitsOfInteger = 18;

    private readonly BigInteger _nanos;
    private readonly bool _isDecimal;

    private QuantityValue(BigInteger nanos, bool isDecimal, bool computed = false)
        : base(QuantityType) => (_nanos, _isDecimal, IsComputed) = (nanos, isDecimal, computed);

    public override bool IsComputed { get; }

    public int Sign => _nanos.Sign;

    public static QuantityValue Of(long value) => new(value * Nano, isDecimal: false);

    /// <summary>The quantity of a text, or the error that Kubernetes has for it.</summary>
    public static CelValue Parse(string text)
    {
        if (text.Length == 0)
        {
            return new ErrorValue("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }

        var sign = text[0] is '+' or '-' ? 1 : 0;
        var end = sign;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        var parts = text[sign..end].Split('.');
        if (text.Length > LongestText || parts.Length > 2 || parts.All(part => part.Length == 0))
        {
            return Malformed();
        }

        if (ScaleOf(text[end..]) is not { } scale)
        {
            return new ErrorValue("unable to parse quantity's suffix");
        }

        var digits = BigInteger.Parse("0" + string.Concat(parts), CultureInfo.InvariantCulture) * Nano;
        var power = (scale.Base == 10 ? scale.Power : 0) - (parts.Length == 2 ? parts[1].Length : 0);
        digits *= scale.Base == 2 ? BigInteger.Pow(2, scale.Power) : 1;
        var nanos = power >= 0 ? digits * BigInteger.Pow(10, power) : RoundedUp(digits, BigInteger.Pow(10, -power));
        var isDecimal = nanos >= Largest || end - sign - (parts.Length - 1) > MostDigitsOfInteger;
        nanos = BigInteger.Min(nanos, Largest);
        return new QuantityValue(text[0] == '-' ? -nanos : nanos, isDecimal);

        static ErrorValue Malformed() => new("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }

    public QuantityValue Negated() => new(-_nanos, _isDecimal, IsComputed);

    public QuantityValue Plus(QuantityValue other) => new(_nanos + other._nanos, _isDecimal || other._isDecimal, computed: true);

    public int CompareTo(QuantityValue other) => _nanos.CompareTo(other._nanos);

    public double ToDouble() => (double)_nanos / (double)Nano;

    public long? ToInteger()
    {
        var (whole, rest) = BigInteger.DivRem(_nanos, Nano);
        return !_isDecimal && rest.IsZero && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;
    }

    internal override bool EqualTo(CelValue other) => other is QuantityValue quantity && quantity._nanos == _nanos;

    public override string ToString() => DoubleText.Plain(ToDouble());

    private static BigInteger RoundedUp(BigInteger value, BigInteger by)
    {
        var (whole, rest) = BigInteger.DivRem(value, by);
        return rest.IsZero ? whole : whole + 1;
    }

    private static (int Base, int Power)? ScaleOf(string suffix)
    {
        if (Suffixes.TryGetValue(suffix, out var scale))
        {
            return scale;
        }

        return suffix[0] is 'e' or 'E' && int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) && Math.Abs((long)power) <= LargestExponent
            ? (10, power)
            : null;
    }
}

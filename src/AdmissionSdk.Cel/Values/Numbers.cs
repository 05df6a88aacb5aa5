namespace AdmissionSdk.Cel.Values;

/// <summary>Comparisons of numbers of different types, by value.</summary>
internal static class Numbers
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    public static bool IsNumber(CelValue value) => value is IntValue or UintValue or DoubleValue;

    public static bool AreEqual(CelValue left, CelValue right) => IsNumber(left) && IsNumber(right) && Compare(left, right) == 0;

    /// <summary>-1, 0 or 1, or null if one of them is NaN.</summary>
    public static int? Compare(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => a.Value.CompareTo(b.Value),
        (UintValue a, UintValue b) => a.Value.CompareTo(b.Value),
        (DoubleValue a, DoubleValue b) => Compare(a.Value, b.Value),
        (IntValue a, UintValue b) => a.Value < 0 ? -1 : ((ulong)a.Value).CompareTo(b.Value),
        (IntValue a, DoubleValue b) => Compare(a.Value, b.Value),
        (UintValue a, DoubleValue b) => Compare(a.Value, b.Value),
        _ => Compare(right, left) is { } reversed ? -reversed : null,
    };

    private static int? Compare(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? null : left < right ? -1 : left > right ? 1 : 0;

    // As in Kubernetes, a whole number beyond 53 bits is compared as the double next to it.
    private static int? Compare(long left, double right) => right < -TwoTo63 ? 1 : right > TwoTo63 ? -1 : Compare((double)left, right);

    private static int? Compare(ulong left, double right) => right < 0 ? 1 : right > TwoTo64 ? -1 : Compare((double)left, right);
}

namespace AdmissionSdk.Cel.Costs;

/// <summary>The least and the most that a size or a cost can be. The largest number stands for "no bound".</summary>
internal readonly record struct SizeRange(ulong Min, ulong Max)
{
    public static readonly SizeRange Unknown = new(0, ulong.MaxValue);

    private const double TwoTo64 = 18446744073709551616.0;

    public static SizeRange Of(ulong size) => new(size, size);

    public static SizeRange operator +(SizeRange left, SizeRange right) => new(Add(left.Min, right.Min), Add(left.Max, right.Max));

    public static SizeRange operator *(SizeRange left, SizeRange right) => new(Multiply(left.Min, right.Min), Multiply(left.Max, right.Max));

    /// <summary>The range times a factor, rounded up.</summary>
    public SizeRange Times(double factor) => new(Times(Min, factor), Times(Max, factor));

    public SizeRange Union(SizeRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    public static ulong Add(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    public static ulong Multiply(ulong left, ulong right) => right != 0 && left > ulong.MaxValue / right ? ulong.MaxValue : left * right;

    private static ulong Times(ulong size, double factor)
    {
        var product = Math.Ceiling(size * factor);
        return product >= TwoTo64 ? ulong.MaxValue : (ulong)product;
    }
}

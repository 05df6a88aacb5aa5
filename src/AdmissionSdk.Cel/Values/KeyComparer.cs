namespace AdmissionSdk.Cel.Values;

/// <summary>Keys of maps: numbers of different types are one key if they are equal.</summary>
internal sealed class KeyComparer : IEqualityComparer<CelValue>
{
    public static readonly KeyComparer Instance = new();

    public bool Equals(CelValue? x, CelValue? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.EqualTo(y));

    public int GetHashCode(CelValue obj) => obj switch
    {
        StringValue text => text.Value.GetHashCode(StringComparison.Ordinal),
        IntValue number => ((double)number.Value).GetHashCode(),
        UintValue number => ((double)number.Value).GetHashCode(),
        DoubleValue number => number.Value.GetHashCode(),
        BoolValue boolean => boolean.Value ? 1 : 2,
        _ => obj.TypeName.GetHashCode(StringComparison.Ordinal),
    };
}

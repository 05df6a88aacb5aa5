using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>A map, or an object of Kubernetes.</summary>
internal abstract class MapValue : CelValue
{
    public abstract long Count { get; }

    internal override CelType Type => CelType.Map;

    internal override long Size => Count;

    internal override bool IsZero => Count == 0;

    public abstract IEnumerable<CelValue> Keys { get; }

    /// <summary>The value of a key, or null if the map has none.</summary>
    public abstract CelValue? Find(CelValue key);

    internal override bool EqualTo(CelValue other)
    {
        if (other is not MapValue map || map.Count != Count)
        {
            return false;
        }

        foreach (var key in Keys)
        {
            Effort.Spend();
            if (map.Find(key) is not { } value || !Find(key)!.EqualTo(value))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => $"{{{string.Join(", ", Effort.On(Keys).Select(key => $"{key}: {Find(key)}"))}}}";
}

namespace AdmissionSdk.Cel.Values;

/// <summary>A map that an expression made. Its keys are in the order of the expression.</summary>
internal sealed class DictionaryMapValue(Dictionary<CelValue, CelValue> entries) : MapValue
{
    public static readonly DictionaryMapValue Empty = new([]);

    public override long Count => entries.Count;

    public override IEnumerable<CelValue> Keys => entries.Keys;

    public override CelValue? Find(CelValue key) => entries.GetValueOrDefault(key);

    public static Dictionary<CelValue, CelValue> NewEntries() => new(KeyComparer.Instance);
}

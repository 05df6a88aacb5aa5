namespace AdmissionSdk.Cel.Values;

/// <summary>The map that a macro collects its results in. Only the loop that made it sees it grow.</summary>
internal sealed class GrowingMapValue : MapValue
{
    private readonly Dictionary<CelValue, CelValue> _entries = DictionaryMapValue.NewEntries();

    public override long Count => _entries.Count;

    public override IEnumerable<CelValue> Keys => _entries.Keys;

    public override CelValue? Find(CelValue key) => _entries.GetValueOrDefault(key);

    /// <summary>True once the loop is over: from then on the map is as any other.</summary>
    public bool IsFrozen { get; private set; }

    public void Freeze() => IsFrozen = true;

    public CelValue Insert(CelValue key, CelValue value) =>
        _entries.TryAdd(key, value) ? this : new ErrorValue($"insert failed: key {key} already exists");
}

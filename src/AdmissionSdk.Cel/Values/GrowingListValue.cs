namespace AdmissionSdk.Cel.Values;

/// <summary>The list that a macro collects its results in. Only the loop that made it sees it grow, so that adding costs no copy.</summary>
internal sealed class GrowingListValue : ListValue
{
    private readonly List<CelValue> _elements = [];

    public override long Count => _elements.Count;

    public override IEnumerable<CelValue> Elements => _elements;

    public override CelValue At(long index) => _elements[(int)index];

    /// <summary>True once the loop is over: from then on the list is as any other.</summary>
    public bool IsFrozen { get; private set; }

    public void Freeze() => IsFrozen = true;

    public GrowingListValue Append(ListValue others)
    {
        _elements.AddRange(Effort.On(others.Elements));
        return this;
    }
}

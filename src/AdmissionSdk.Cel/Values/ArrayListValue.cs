namespace AdmissionSdk.Cel.Values;

internal sealed class ArrayListValue(IReadOnlyList<CelValue> elements) : ListValue
{
    public static readonly ArrayListValue Empty = new([]);

    public override long Count => elements.Count;

    public override IEnumerable<CelValue> Elements => elements;

    public override CelValue At(long index) => elements[(int)index];
}

using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>A list. Its elements may be made when they are asked for.</summary>
internal abstract class ListValue : CelValue
{
    public abstract long Count { get; }

    internal override CelType Type => CelType.List;

    internal override long Size => Count;

    internal override bool IsZero => Count == 0;

    public abstract IEnumerable<CelValue> Elements { get; }

    /// <summary>The element at an index that is in the list.</summary>
    public abstract CelValue At(long index);

    public virtual bool Contains(CelValue value)
    {
        foreach (var element in Elements)
        {
            Effort.Spend();
            if (element.EqualTo(value))
            {
                return true;
            }
        }

        return false;
    }

    internal override bool EqualTo(CelValue other)
    {
        if (other is not ListValue list || list.Count != Count)
        {
            return false;
        }

        using var others = list.Elements.GetEnumerator();
        foreach (var element in Elements)
        {
            Effort.Spend();
            if (!others.MoveNext() || !element.EqualTo(others.Current))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() => $"[{string.Join(", ", Effort.On(Elements))}]";
}

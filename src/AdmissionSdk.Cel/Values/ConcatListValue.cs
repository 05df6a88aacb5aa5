namespace AdmissionSdk.Cel.Values;

/// <summary>Two lists in one. Nothing is copied: lists that are doubled again and again would outgrow the memory, at a cost of 1 each time.</summary>
internal sealed class ConcatListValue(ListValue left, ListValue right) : ListValue
{
    public override long Count { get; } = Math.Min(long.MaxValue / 4, left.Count + right.Count);

    public override IEnumerable<CelValue> Elements
    {
        get
        {
            var open = new Stack<ListValue>();
            open.Push(this);
            while (open.TryPop(out var list))
            {
                Effort.Spend();
                if (list is ConcatListValue concat)
                {
                    open.Push(concat.Right);
                    open.Push(concat.Left);
                    continue;
                }

                Effort.Spend(list.Count);
                foreach (var element in list.Elements)
                {
                    yield return element;
                }
            }
        }
    }

    private ListValue Left => left;

    private ListValue Right => right;

    public override CelValue At(long index)
    {
        ListValue list = this;
        while (list is ConcatListValue concat)
        {
            var before = concat.Left.Count;
            (list, index) = index < before ? (concat.Left, index) : (concat.Right, index - before);
        }

        return list.At(index);
    }
}

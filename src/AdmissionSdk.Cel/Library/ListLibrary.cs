using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>The lists extension, version 3: Kubernetes has it from 1.34 on.</summary>
internal static class ListLibrary
{
    private const long MostElements = 10_000_000;

    private static readonly string[] Comparable = ["int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"];

    public static FunctionLibrary Create()
    {
        var library = new FunctionLibrary()
            .Add(Macros.Sorting)
            .Add("list_slice", "(list<T>).slice(int, int): list<T>", static a => Slice((ListValue)a[0], ((IntValue)a[1]).Value, ((IntValue)a[2]).Value))
            .AddAll(static a => Flatten(a[0], null), ("list_flatten", "(list<list<T>>).flatten(): list<T>"))
            .AddAll(static a => Flatten(a[0], a[1]), ("list_flatten_int", "(list<dyn>).flatten(int): list<dyn>"))
            .Add("lists_range", "lists.range(int): list<int>", static a => Range(((IntValue)a[0]).Value))
            .Add("list_reverse", "(list<T>).reverse(): list<T>", static a => new ArrayListValue([.. Effort.On(((ListValue)a[0]).Elements).Reverse()]))
            .Add("list_distinct", "(list<T>).distinct(): list<T>", static a => Distinct((ListValue)a[0]));
        foreach (var type in Comparable)
        {
            // The ids have the full names of types.
            var name = type is "duration" or "timestamp" ? $"google.protobuf.{char.ToUpperInvariant(type[0])}{type[1..]}" : type;
            library
                .AddAll(static a => Sort(a[0], a[0]), ($"list_{name}_sort", $"(list<{type}>).sort(): list<{type}>"))
                .AddAll(static a => Sort(a[0], a[1]), ($"list_{name}_sortByAssociatedKeys", $"(list<T>).@sortByAssociatedKeys(list<{type}>): list<T>"));
        }

        return library;
    }

    private static CelValue Slice(ListValue list, long start, long end)
    {
        if (start < 0 || end < 0)
        {
            return new ErrorValue($"cannot slice({start}, {end}), negative indexes not supported");
        }

        if (start > end)
        {
            return new ErrorValue($"cannot slice({start}, {end}), start index must be less than or equal to end index");
        }

        return list.Count < end ? new ErrorValue($"cannot slice({start}, {end}), list is length {list.Count}") : new ArrayListValue([.. Effort.On(list.Elements).Skip((int)start).Take((int)(end - start))]);
    }

    private static CelValue Range(long count)
    {
        if (count > MostElements)
        {
            return new ErrorValue($"lists.range({count}) is longer than {MostElements} elements");
        }

        var numbers = new CelValue[Math.Max(0, count)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = IntValue.Of(i);
        }

        return new ArrayListValue(numbers);
    }

    private static CelValue Flatten(CelValue value, CelValue? depth)
    {
        if (value is not ListValue list || depth is not (null or IntValue))
        {
            return ErrorValue.NoSuchOverload;
        }

        var levels = (depth as IntValue)?.Value ?? 1;
        if (levels < 0)
        {
            return new ErrorValue("level must be non-negative");
        }

        // An explicit stack: an expression may nest lists as deep as it likes.
        var flat = new List<CelValue>();
        var open = new Stack<(IEnumerator<CelValue> Elements, long Levels)>();
        open.Push((list.Elements.GetEnumerator(), levels));
        while (open.TryPeek(out var top))
        {
            if (!top.Elements.MoveNext())
            {
                open.Pop().Elements.Dispose();
                continue;
            }

            Effort.Spend();
            if (top.Levels > 0 && top.Elements.Current is ListValue nested)
            {
                open.Push((nested.Elements.GetEnumerator(), top.Levels - 1));
            }
            else
            {
                flat.Add(top.Elements.Current);
            }
        }

        return new ArrayListValue(flat);
    }

    private static ArrayListValue Distinct(ListValue list)
    {
        var seen = new HashSet<CelValue>(KeyComparer.Instance);
        return new ArrayListValue([.. Effort.On(list.Elements).Where(seen.Add)]);
    }

    private static CelValue Sort(CelValue value, CelValue by)
    {
        if (value is not ListValue list || by is not ListValue keys)
        {
            return ErrorValue.NoSuchOverload;
        }

        if (list.Count != keys.Count)
        {
            return new ErrorValue($"@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got {list.Count} and {keys.Count} elements respectively");
        }

        CelValue[] sorted = [.. Effort.On(keys.Elements)];
        if (sorted is [var first, ..])
        {
            if (!ValueOperations.IsComparable(first))
            {
                return new ErrorValue("list elements must be comparable");
            }

            if (sorted.Any(key => key.Type.Kind != first.Type.Kind))
            {
                return new ErrorValue("list elements must have the same type");
            }
        }

        return new ArrayListValue([.. list.Elements.Zip(sorted).OrderBy(pair => pair.Second, Comparer<CelValue>.Create(static (left, right) => (int)((ValueOperations.Compare(left, right, "sort") as IntValue)?.Value ?? 0))).Select(pair => pair.First)]);
    }
}

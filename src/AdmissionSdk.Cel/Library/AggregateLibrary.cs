using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>Kubernetes' own functions of lists: sums, extremes, searches.</summary>
internal static class AggregateLibrary
{
    private static readonly string[] Summable = ["int", "uint", "double", "duration"];
    private static readonly string[] Comparable = ["int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes"];

    /// <summary>The functions; version 1, from 1.37 on, has <c>includes</c> too.</summary>
    public static FunctionLibrary Create(int version)
    {
        var library = new FunctionLibrary();
        foreach (var type in Comparable)
        {
            library
                .Add($"list_{type}_is_sorted_bool", $"(list<{type}>).isSorted(): bool", static a => IsSorted((ListValue)a[0]))
                .Add($"list_{type}_max_{type}", $"(list<{type}>).max(): {type}", static a => Extreme((ListValue)a[0], "max", -1))
                .Add($"list_{type}_min_{type}", $"(list<{type}>).min(): {type}", static a => Extreme((ListValue)a[0], "min", 1));
        }

        foreach (var type in Summable)
        {
            CelValue zero = type switch { "int" => IntValue.Of(0), "uint" => new UintValue(0), "double" => new DoubleValue(0), _ => new DurationValue(0) };
            library.Add($"list_{type}_sum_{type}", $"(list<{type}>).sum(): {type}", a => Sum((ListValue)a[0], zero));
        }

        library
            .Add("list_a_index_of_int", "(list<A>).indexOf(A): int", static a => IndexOf((ListValue)a[0], a[1], last: false))
            .Add("list_a_last_index_of_int", "(list<A>).lastIndexOf(A): int", static a => IndexOf((ListValue)a[0], a[1], last: true));
        return version < 1 ? library : library.Add("list_includes_dyn_dyn", "(dyn).includes(dyn): bool", static a => BoolValue.Of(a[0] is ListValue list ? list.Contains(a[1]) : a[0].EqualTo(a[1])));
    }

    private static CelValue IsSorted(ListValue list)
    {
        CelValue? previous = null;
        foreach (var element in Effort.On(list.Elements))
        {
            if (previous is not null && ValueOperations.Compare(previous, element, "isSorted") is not IntValue { Value: <= 0 })
            {
                return ValueOperations.Compare(previous, element, "isSorted") as ErrorValue ?? (CelValue)BoolValue.False;
            }

            previous = element;
        }

        return BoolValue.True;
    }

    private static CelValue Sum(ListValue list, CelValue zero)
    {
        var sum = zero;
        foreach (var element in Effort.On(list.Elements))
        {
            sum = ValueOperations.Add(sum, element);
            if (sum.IsError)
            {
                return sum;
            }
        }

        return sum;
    }

    private static CelValue Extreme(ListValue list, string name, int replaces)
    {
        CelValue? best = null;
        foreach (var element in Effort.On(list.Elements))
        {
            if (!ValueOperations.IsComparable(element))
            {
                return ErrorValue.NoSuchOverload;
            }

            best = best is null || ValueOperations.Compare(best, element, name) is IntValue order && order.Value == replaces ? element : best;
        }

        return best ?? new ErrorValue($"{name} called on empty list");
    }

    private static IntValue IndexOf(ListValue list, CelValue value, bool last)
    {
        var (index, found) = (0L, -1L);
        foreach (var element in Effort.On(list.Elements))
        {
            if (element.EqualTo(value))
            {
                found = index;
                if (!last)
                {
                    break;
                }
            }

            index++;
        }

        return IntValue.Of(found);
    }
}

using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Costs;

/// <content>The costs of calls, by function first, as the API server adds its own to those of the language.</content>
internal sealed partial class CostEstimator
{
    private SizeRange CallCost(CallExpr call)
    {
        if (call.Function == "dyn" && call.Arguments is [var only])
        {
            var inner = Cost(only);
            Copy(only, call);
            return One + inner;
        }

        var costs = call.Arguments.Select(Cost).ToArray();
        var isFunction = call.Target is null || _checked.IsFunction(call);
        var sum = isFunction ? default : Cost(call.Target!);
        var overloads = _checked.OverloadsOf(call);
        if (overloads.Count == 0)
        {
            // An optional selection has no forms; it costs one more than what it selects from.
            return call.Function == Operators.OptionalSelect ? One + costs.Aggregate(default(SizeRange), static (total, cost) => total + cost) : default;
        }

        SizeRange? total = null;
        SizeRange? size = null;
        foreach (var overload in overloads)
        {
            var (cost, result) = Form(new CallShape(call, isFunction ? null : call.Target, overload.Id), costs);
            total = total is { } before ? before.Union(cost) : cost;
            size = result is { } found ? size?.Union(found) ?? found : size;
            if (overload.Id is "index_list" or "index_map")
            {
                size = Entries(call.Arguments[0])?.Value;
            }
        }

        if ((size ?? Size(call)) is { } final)
        {
            _sizes[call] = final;
        }

        return sum + total!.Value;
    }

    private (SizeRange Cost, SizeRange? Size) Form(CallShape shape, SizeRange[] costs)
    {
        var arguments = costs.Aggregate(default(SizeRange), static (total, cost) => total + cost);
        if ((OfLists(shape) ?? OfKubernetes(shape)) is { } known)
        {
            return (known.Cost + arguments, known.Size);
        }

        var call = shape.Call;
        SizeRange Argument(int index) => SizeOrUnknown(call.Arguments[index]);
        switch (shape.Overload)
        {
            case "logical_or" or "logical_and":
                return (new SizeRange(costs[0].Min, (costs[0] + costs[1]).Max), null);
            case "conditional":
                if (EntrySizes.Union(Entries(call.Arguments[1]), Entries(call.Arguments[2])) is { } either)
                {
                    _entries[call] = either;
                }

                return (costs[0] + costs[1].Union(costs[2]), Argument(1).Union(Argument(2)));
            case "add_string" or "add_bytes" or "add_list":
                if (EntrySizes.Union(Entries(call.Arguments[0]), Entries(call.Arguments[1])) is { } both)
                {
                    _entries[call] = both;
                }

                var joined = Argument(0) + Argument(1);
                return ((shape.Overload == "add_list" ? One : joined.Times(CallCosts.PerCodePoint)) + arguments, joined);
        }

        var (cost, size) = OfTheLanguage(shape);
        return (cost + arguments, size);
    }

    private (SizeRange Cost, SizeRange? Size) OfTheLanguage(CallShape shape)
    {
        var call = shape.Call;
        SizeRange Argument(int index) => SizeOrUnknown(call.Arguments[index]);
        var target = shape.Target is { } method ? SizeOrUnknown(method) : default;
        switch (shape.Overload)
        {
            case "string_format":
                return (target.Times(CallCosts.PerCodePoint), null);
            case "string_to_bytes":
                return (Argument(0).Times(CallCosts.PerCodePoint), new SizeRange(Argument(0).Min, SizeRange.Multiply(Argument(0).Max, 4)));
            case "bytes_to_string":
                return (Argument(0).Times(CallCosts.PerCodePoint), new SizeRange(Argument(0).Min / 4, Argument(0).Max));
            case "strings_quote":
                return (Argument(0).Times(CallCosts.PerCodePoint), new SizeRange(Argument(0).Min + 2, SizeRange.Add(SizeRange.Multiply(Argument(0).Max, 2), 2)));
            case "starts_with_string" or "ends_with_string":
                return (Argument(0).Times(CallCosts.PerCodePoint), null);
            case "in_list":
                return (Argument(1), null);
            case "matches_string":
                return ((target + One).Times(CallCosts.PerCodePoint) * Argument(0).Times(CallCosts.PerRegexCodePoint), null);
            case "contains_string":
                return (target.Times(CallCosts.PerCodePoint) * Argument(0).Times(CallCosts.PerCodePoint), null);
            case "equals" or "not_equals" or "less_string" or "less_bytes" or "less_equals_string" or "less_equals_bytes" or "greater_string" or "greater_bytes" or "greater_equals_string" or "greater_equals_bytes":
                var smaller = Math.Min(Argument(0).Max, Argument(1).Max);
                return (new SizeRange(smaller > 0 ? 1u : 0, smaller).Times(CallCosts.PerCodePoint), null);
            default:
                return (One, null);
        }
    }

    private (SizeRange Cost, SizeRange? Size)? OfLists(CallShape shape)
    {
        var call = shape.Call;
        var target = shape.Target is { } method ? SizeOrUnknown(method) : default;
        var call1 = SizeRange.Of(1 + CallCosts.ListBase);
        switch (shape.Overload)
        {
            case "list_sets_contains_list" or "list_sets_intersects_list" or "list_sets_equivalent_list":
                return ((SizeOrUnknown(call.Arguments[0]) * SizeOrUnknown(call.Arguments[1])).Times(shape.Overload.Contains("equivalent", StringComparison.Ordinal) ? 2 : 1) + One, null);
            case "list_slice":
                var slice = SizeRange.Of(unchecked(Literal(call.Arguments[1], target.Max) - Literal(call.Arguments[0], 0)));
                return (slice + call1, slice);
            case "lists_range":
                var range = SizeRange.Of(Literal(call.Arguments[0], ulong.MaxValue));
                return (range + call1, range);
            case "list_reverse":
                return (target + call1, target);
            case "list_flatten" or "list_flatten_int":
                return (target.Times(call.Arguments.Count == 0 ? 1 : Literal(call.Arguments[0], ulong.MaxValue)) + call1, target);
            case "list_distinct":
                return ((target * target).Times(2) + call1, target * target);
        }

        if (shape.Overload.EndsWith("_sort", StringComparison.Ordinal) || shape.Overload.EndsWith("_sortByAssociatedKeys", StringComparison.Ordinal))
        {
            var keys = call.Arguments.Count == 0 ? target : SizeOrUnknown(call.Arguments[0]);
            var isText = shape.Overload is "list_string_sort" or "list_bytes_sort" or "list_string_sortByAssociatedKeys" or "list_bytes_sortByAssociatedKeys";
            return ((keys * keys).Times(isText ? 2 + CallCosts.PerCodePoint : 2) + call1, keys * keys);
        }

        return null;
    }

    private static ulong Literal(Expr expr, ulong otherwise) =>
        expr is LiteralExpr { Value: IntValue number } ? (ulong)Math.Max(0, number.Value) : otherwise;

    /// <summary>A call by one of its forms.</summary>
    private readonly record struct CallShape(CallExpr Call, Expr? Target, string Overload);
}

using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Costs;

/// <summary>The costs of calls while an expression runs, as the API server counts them. Nearly all are known before the call, so that a call that costs too much is not made.</summary>
internal static class CallCosts
{
    public const double PerCodePoint = 0.1;
    public const double PerRegexCodePoint = 0.25;
    public const int ListBase = 10;
    public const int MapBase = 30;
    public const int StructBase = 40;

    private static readonly CallCost One = static (_, _) => 1;

    private static readonly Dictionary<string, CallCost> ByOverload = new(StringComparer.Ordinal)
    {
        ["list_sets_contains_list"] = Sets(1),
        ["list_sets_intersects_list"] = Sets(1),
        ["list_sets_equivalent_list"] = Sets(2),
        ["list_slice"] = static (a, result) => 1 + ListBase + (result?.Size ?? 0),
        ["list_reverse"] = static (a, _) => 1 + ListBase + Size(a[0]),
        ["lists_range"] = static (a, _) => 1 + ListBase + (a[0] is IntValue { Value: > 0 } count ? count.Value : 0),
        ["list_flatten"] = static (a, _) => 1 + ListBase + Size(a[0]),
        ["list_flatten_int"] = static (a, _) => 1 + ListBase + (a[1] is IntValue { Value: > 0 } depth ? Multiply(depth.Value, Size(a[0])) : 0),
        ["list_distinct"] = static (a, _) => SelfCompare(a[0]),
    };

    private static readonly Dictionary<string, CallCost> ByOverloadOfTheLanguage = new(StringComparer.Ordinal)
    {
        ["starts_with_string"] = First,
        ["ends_with_string"] = First,
        ["string_to_bytes"] = First,
        ["bytes_to_string"] = First,
        ["strings_quote"] = First,
        ["string_format"] = First,
        ["in_list"] = static (a, _) => Size(a[1]),
        ["equals"] = Smaller,
        ["not_equals"] = Smaller,
        ["add_string"] = Sum,
        ["add_bytes"] = Sum,
        ["matches_string"] = Regex,
        ["contains_string"] = static (a, _) => Multiply(Scan(Size(a[0])), Scan(Size(a[1]))),
    };

    /// <summary>The cost of a function; of one form of it if the types left one only.</summary>
    public static CallCost For(string function, string overloadId)
    {
        if (ByOverload.TryGetValue(overloadId, out var cost))
        {
            return cost;
        }

        if (overloadId.EndsWith("_sort", StringComparison.Ordinal))
        {
            return static (a, _) => SelfCompare(a[0]);
        }

        if (overloadId.EndsWith("_sortByAssociatedKeys", StringComparison.Ordinal))
        {
            return static (a, _) => SelfCompare(a[1]);
        }

        return OfKubernetes(function, overloadId) ?? OfTheLanguage(overloadId);
    }

    /// <summary>True for the functions whose cost is that of their result.</summary>
    public static bool NeedsResult(string function, string overloadId) => function == "join" || overloadId == "list_slice";

    /// <summary>The cost of going through a number of code points.</summary>
    public static long Scan(long size, double factor = PerCodePoint) => (long)Math.Ceiling(size * factor);

    public static long Multiply(long left, long right) => left == 0 || right <= long.MaxValue / left ? left * right : long.MaxValue;

    private static CallCost OfTheLanguage(string overloadId)
    {
        if (ByOverloadOfTheLanguage.TryGetValue(overloadId, out var cost))
        {
            return cost;
        }

        return overloadId is "less_string" or "less_bytes" or "less_equals_string" or "less_equals_bytes" or "greater_string" or "greater_bytes" or "greater_equals_string" or "greater_equals_bytes"
            ? Smaller
            : One;
    }

    private static CallCost? OfKubernetes(string function, string overloadId) => function switch
    {
        "check" => static (_, _) => 350_000,
        "serviceAccount" or "path" or "group" or "resource" or "subresource" or "namespace" or "name" or "allowed" or "reason" or "error" or "errored" => One,
        "fieldSelector" or "labelSelector" => static (a, _) => a.Length < 2 ? 1 : Selector(Size(a[1])),
        "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" or "includes" => static (a, _) => a.Length == 0 ? 0 : Traversal(a[0]),
        "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "jsonpatch.escapeKey" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity" or "semver" or "isSemver" => First,
        "replace" or "split" or "ip.isCanonical" => static (a, _) => Scan(Size(a[0]), 2 * PerCodePoint),
        "join" => static (_, result) => Scan(result?.Size ?? 0, 2 * PerCodePoint),
        "find" or "findAll" => static (a, _) => a.Length < 2 ? 1 : Regex(a, null),
        "ip" => overloadId == "cidr_ip" ? One : First,
        "containsIP" => (a, _) => a.Length < 2 ? 1 : Scan(2 * Size(a[0])) + (overloadId == "cidr_contains_ip_string" ? Scan(Size(a[1])) : 0),
        "containsCIDR" => (a, _) => a.Length < 2 ? 1 : Scan(2 * Size(a[0])) + Scan(Size(a[0])) + 1 + (overloadId == "cidr_contains_cidr_string" ? Scan(Size(a[1])) : 0),
        "validate" => static (a, _) => a is [FormatSize format, var text] ? Multiply(Scan(1 + Size(text)), Scan(format.RegexSize, PerRegexCodePoint)) : 1,
        "_==_" => static (a, result) => a is [KubernetesValue, _] ? 1 : Smaller(a, result),
        _ => null,
    };

    private static long First(ReadOnlySpan<CelValue> arguments, CelValue? result) => Scan(Size(arguments[0]));

    private static long Smaller(ReadOnlySpan<CelValue> arguments, CelValue? result) => Scan(Math.Min(Size(arguments[0]), Size(arguments[1])));

    private static long Sum(ReadOnlySpan<CelValue> arguments, CelValue? result) => Scan(Size(arguments[0]) + Size(arguments[1]));

    // One more than the text has: a costly pattern on an empty text is not free.
    private static long Regex(ReadOnlySpan<CelValue> arguments, CelValue? result) =>
        Multiply(Scan(1 + Size(arguments[0])), Scan(Size(arguments[1]), PerRegexCodePoint));

    private static CallCost Sets(long factor) => (a, _) => 1 + Multiply(factor, Multiply(Size(a[0]), Size(a[1])));

    private static long SelfCompare(CelValue value)
    {
        var size = Size(value);
        var factor = value is ListValue { Count: > 0 } list && list.At(0) is StringValue or BytesValue ? 2 + PerCodePoint : 2;
        return 1 + ListBase + (long)Math.Min(long.MaxValue / 2, Multiply(size, size) * factor);
    }

    private static long Selector(long size) => ListBase + Scan(size) + Scan(Scan(size, 0.5), ListBase + StructBase);

    private static long Size(CelValue value) => value.Size;

    private static long Traversal(CelValue value)
    {
        switch (value)
        {
            case StringValue text:
                return (long)(System.Text.Encoding.UTF8.GetByteCount(text.Value) * PerCodePoint);
            case BytesValue bytes:
                return (long)(bytes.Value.Length * PerCodePoint);
            case ListValue list:
                return Effort.On(list.Elements).Sum(Traversal);
            case MapValue map:
                return Effort.On(map.Keys).Sum(key => Traversal(key) + Traversal(map.Find(key)!));
            default:
                return 1;
        }
    }
}

using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Costs;

/// <content>The costs of Kubernetes' libraries.</content>
internal sealed partial class CostEstimator
{
    private const double RegexOfFormats = 128 * CallCosts.PerRegexCodePoint;
    private const ulong LongestFormatName = 64;

    private (SizeRange Cost, SizeRange? Size)? OfKubernetes(CallShape shape)
    {
        var call = shape.Call;
        var target = shape.Target is { } method ? SizeOrUnknown(method) : default;
        SizeRange Argument(int index) => SizeOrUnknown(call.Arguments[index]);
        var text = call.Arguments.Count > 0 ? Argument(0) : default;
        switch (call.Function)
        {
            case "check":
                return (SizeRange.Of(350_000), null);
            case "fieldSelector" or "labelSelector":
                return (SizeRange.Of(CallCosts.ListBase) + text.Times(CallCosts.PerCodePoint) + text.Times(0.5).Times(CallCosts.ListBase + CallCosts.StructBase), null);
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" or "includes" when shape.Target is not null:
                return (Elements(call, shape.Target, target), null);
            case "url" or "jsonpatch.escapeKey":
                return (text.Times(CallCosts.PerCodePoint), text);
            case "lowerAscii" or "upperAscii" or "substring" or "trim" when shape.Target is not null:
                return (target.Times(CallCosts.PerCodePoint), target);
            case "replace" when call.Arguments.Count >= 2:
                return (target.Times(2 * CallCosts.PerCodePoint), Replaced(target, Argument(0), Argument(1)));
            case "split":
                return (target.Times(2 * CallCosts.PerCodePoint), new SizeRange(0, call.Arguments.Count > 1 ? Literal(call.Arguments[1], target.Max) : target.Max));
            case "join":
                var joined = Joined(shape.Target!, target, call.Arguments.Count > 0 ? Argument(0) : null);
                return (joined.Times(CallCosts.PerCodePoint), joined);
            case "find" or "findAll" when shape.Target is not null:
                return ((target + One).Times(CallCosts.PerCodePoint) * text.Times(CallCosts.PerRegexCodePoint), new SizeRange(0, target.Max));
            case "ip" when shape.Overload == "cidr_ip":
                return (One, null);
            case "cidr" or "isIP" or "isCIDR" or "ip" or "quantity" or "isQuantity" or "semver" or "isSemver":
                return (text.Times(CallCosts.PerCodePoint), null);
            case "containsIP" or "containsCIDR":
                return (Containment(call.Function, shape.Overload, text), null);
            case "validate":
                return (text.Times(CallCosts.PerCodePoint).Times(RegexOfFormats), null);
            case "_==_":
                return Equality(call);
            default:
                return shape.Overload == "ip_is_canonical" ? (text.Times(2 * CallCosts.PerCodePoint), null)
                    : IsAccessor(call.Function) ? (One, null)
                    : null;
        }
    }

    private static bool IsAccessor(string function) => function is
        "serviceAccount" or "path" or "group" or "resource" or "subresource" or "namespace" or "name" or "allowed" or "reason" or "error" or "errored"
        or "masked" or "prefixLength" or "family" or "isUnspecified" or "isLoopback" or "isLinkLocalMulticast" or "isLinkLocalUnicast" or "isGlobalUnicast"
        or "sign" or "asInteger" or "isInteger" or "asApproximateFloat" or "isGreaterThan" or "isLessThan" or "compareTo" or "add" or "sub" or "major" or "minor" or "patch"
        or "getScheme" or "getHostname" or "getHost" or "getPort" or "getEscapedPath" or "getQuery";

    private SizeRange Elements(CallExpr call, Expr list, SizeRange size)
    {
        var type = _checked.TypeOf(list);
        if (type.Kind != CelKind.List)
        {
            return call.Function == "includes" ? size : size.Times(CallCosts.PerCodePoint);
        }

        // The sizes of texts in a list are not followed here, as in the API server.
        var each = type.Parameters[0].Kind is CelKind.String or CelKind.Bytes ? One + SizeRange.Unknown.Times(CallCosts.PerCodePoint) : One;
        return size * each;
    }

    private SizeRange Joined(Expr list, SizeRange size, SizeRange? separator)
    {
        var joined = _checked.TypeOf(list).Kind == CelKind.List ? size * SizeRange.Unknown : default;
        return separator is { } between ? joined + (between * new SizeRange(size.Min > 0 ? size.Min - 1 : 0, size.Max > 0 ? size.Max - 1 : 0)) : joined;
    }

    private static SizeRange Replaced(SizeRange text, SizeRange old, SizeRange replacement)
    {
        var (most, keptMost) = old.Min == 0 ? (SizeRange.Add(text.Max, 1), text.Max)
            : replacement.Max <= old.Min ? (0, text.Max)
            : ((ulong)Math.Ceiling((double)text.Max / old.Min), 0UL);
        var (least, keptLeast) = old.Max == 0 ? (SizeRange.Add(text.Min, 1), text.Min)
            : old.Max <= replacement.Min ? (0, text.Min)
            : ((ulong)Math.Ceiling((double)text.Min / old.Max), 0UL);
        return (new SizeRange(least, most) * replacement) + new SizeRange(keptLeast, keptMost);
    }

    private static SizeRange Containment(string function, string overload, SizeRange text)
    {
        // The bytes of an address: 4 or 16.
        var address = new SizeRange(4, 16);
        var cost = (address + address).Times(CallCosts.PerCodePoint);
        if (function == "containsCIDR")
        {
            cost = cost + address.Times(CallCosts.PerCodePoint) + One;
        }

        return overload is "cidr_contains_ip_string" or "cidr_contains_cidr_string" ? cost + text.Times(CallCosts.PerCodePoint) : cost;
    }

    private (SizeRange Cost, SizeRange? Size)? Equality(CallExpr call)
    {
        var type = _checked.TypeOf(call.Arguments[0]);
        if (!type.IsExactly(_checked.TypeOf(call.Arguments[1])))
        {
            return null;
        }

        return type.Name switch
        {
            "net.IP" or "net.CIDR" or "kubernetes.Quantity" or "kubernetes.Semver" => (One, null),
            "kubernetes.NamedFormat" => (new SizeRange(1, LongestFormatName).Times(CallCosts.PerCodePoint), null),
            "kubernetes.URL" => (One.Times(CallCosts.PerCodePoint), null),
            _ => type.Name.StartsWith("kubernetes.authorization.", StringComparison.Ordinal) ? (One, null) : null,
        };
    }
}

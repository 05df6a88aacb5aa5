using AdmissionSdk.Cel.Checking;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Costs;

/// <summary>The cost of an expression before it runs: the least and the most, by the sizes that its literals and types tell. The values of an object have no bounds here.</summary>
internal sealed partial class CostEstimator
{
    private static readonly SizeRange One = SizeRange.Of(1);

    private readonly CheckedExpression _checked;
    private readonly Dictionary<Expr, SizeRange> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, EntrySizes> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Stack<(SizeRange? Size, EntrySizes? Entries)>> _locals = new(StringComparer.Ordinal);

    private CostEstimator(CheckedExpression expression) => _checked = expression;

    public static CelCostEstimate Estimate(CheckedExpression expression)
    {
        var cost = new CostEstimator(expression).Cost(expression.Root);
        return new CelCostEstimate(cost.Min, cost.Max);
    }

    private SizeRange Cost(Expr expr) => expr switch
    {
        LiteralExpr => default,
        IdentExpr => One,
        SelectExpr when _checked.VariableOf(expr) is not null => One,
        SelectExpr { TestOnly: true } test => Cost(test.Operand),
        SelectExpr select => Cost(select.Operand) + (_checked.TypeOf(select.Operand).Kind is CelKind.Map or CelKind.Struct or CelKind.TypeParam ? One : default),
        CallExpr call => CallCost(call),
        ListExpr list => ListCost(list),
        MapExpr map => MapCost(map),
        StructExpr structure => structure.Fields.Aggregate(SizeRange.Of(CallCosts.StructBase), (sum, field) => sum + Cost(field.Value)),
        ComprehensionExpr loop => loop.IsBind ? BindCost(loop) : LoopCost(loop),
        _ => default,
    };

    private SizeRange ListCost(ListExpr list)
    {
        var cost = SizeRange.Of(CallCosts.ListBase);
        var sizes = list.Elements.Count == 0 ? default : new SizeRange(ulong.MaxValue, 0);
        foreach (var element in list.Elements)
        {
            cost += Cost(element);
            sizes = sizes.Union(SizeOrUnknown(element));
        }

        _entries[list] = new EntrySizes(CelKind.List, One, sizes);
        return cost;
    }

    private SizeRange MapCost(MapExpr map)
    {
        var cost = SizeRange.Of(CallCosts.MapBase);
        var (keys, values) = map.Entries.Count == 0 ? default : (new SizeRange(ulong.MaxValue, 0), new SizeRange(ulong.MaxValue, 0));
        foreach (var entry in map.Entries)
        {
            cost = cost + Cost(entry.Key) + Cost(entry.Value);
            (keys, values) = (keys.Union(SizeOrUnknown(entry.Key)), values.Union(SizeOrUnknown(entry.Value)));
        }

        _entries[map] = new EntrySizes(CelKind.Map, keys, values);
        return cost;
    }

    private SizeRange BindCost(ComprehensionExpr loop)
    {
        var cost = Cost(loop.Range) + Cost(loop.Body.Initial);
        Push(loop.Variables.Accumulator, Size(loop.Body.Initial), Entries(loop.Body.Initial));
        cost += Cost(loop.Body.Result);
        _locals[loop.Variables.Accumulator].Pop();
        Copy(loop.Body.Result, loop);
        return cost;
    }

    private SizeRange LoopCost(ComprehensionExpr loop)
    {
        var cost = Cost(loop.Range) + Cost(loop.Body.Initial);
        Push(loop.Variables.Accumulator, Size(loop.Body.Initial), Entries(loop.Body.Initial));
        var entries = Entries(loop.Range);
        var isList = (entries?.Kind ?? _checked.TypeOf(loop.Range).Kind) == CelKind.List;
        if (loop.Variables.Second is { } second)
        {
            Push(loop.Variables.First, entries?.Key, null);
            Push(second, entries?.Value, null);
        }
        else
        {
            Push(loop.Variables.First, isList ? entries?.Value : entries?.Key, null);
        }

        var round = Cost(loop.Body.Condition) + Cost(loop.Body.Step);
        _locals[loop.Variables.First].Pop();
        if (loop.Variables.Second is { } other)
        {
            _locals[other].Pop();
        }

        cost += Cost(loop.Body.Result);
        _locals[loop.Variables.Accumulator].Pop();
        var rounds = SizeOrUnknown(loop.Range);
        switch (loop.Body.Initial)
        {
            case LiteralExpr when Size(loop.Body.Initial) is { } size:
                _sizes[loop] = size;
                break;
            case ListExpr or MapExpr:
                _sizes[loop] = rounds;
                if (Entries(loop.Body.Step) is { } collected)
                {
                    _entries[loop] = collected;
                }

                break;
        }

        return cost + (rounds * round);
    }

    private void Push(string name, SizeRange? size, EntrySizes? entries)
    {
        if (!_locals.TryGetValue(name, out var open))
        {
            _locals[name] = open = [];
        }

        open.Push((size, entries));
    }

    private void Copy(Expr from, Expr to)
    {
        if (Size(from) is { } size)
        {
            _sizes[to] = size;
        }

        if (Entries(from) is { } entries)
        {
            _entries[to] = entries;
        }
    }

    private SizeRange SizeOrUnknown(Expr expr) => Size(expr) ?? SizeRange.Unknown;

    private SizeRange? Size(Expr expr)
    {
        if (_sizes.TryGetValue(expr, out var known))
        {
            return known;
        }

        return expr switch
        {
            LiteralExpr literal => SizeRange.Of((ulong)literal.Value.Size),
            ListExpr list => SizeRange.Of((ulong)list.Elements.Count),
            MapExpr map => SizeRange.Of((ulong)map.Entries.Count),
            _ when IsScalar(_checked.TypeOf(expr)) => One,
            IdentExpr ident => Local(ident.Name)?.Size,
            _ => null,
        };
    }

    private EntrySizes? Entries(Expr expr) =>
        _entries.TryGetValue(expr, out var known) ? known : expr is IdentExpr ident ? Local(ident.Name)?.Entries : null;

    private (SizeRange? Size, EntrySizes? Entries)? Local(string name) =>
        _locals.TryGetValue(name, out var open) && open.TryPeek(out var local) ? local : null;

    private static bool IsScalar(CelType type) =>
        type.Kind is CelKind.Bool or CelKind.Double or CelKind.Duration or CelKind.Int or CelKind.Timestamp or CelKind.Uint || (type.IsOptional && IsScalar(type.Parameters[0]));
}

using AdmissionSdk.Cel.Syntax;

namespace AdmissionSdk.Cel.Library;

/// <summary>The macros of CEL and of its extensions.</summary>
internal static class Macros
{
    private const string NotAnIdentifier = "argument is not an identifier";
    private const string MapInsert = "cel.@mapInsert";

    public static IReadOnlyList<Macro> Standard { get; } =
    [
        new("has", 1, false, Has),
        new("all", 2, true, static call => LoopMacros.All(call, LoopMacros.OneVariable(call), 1)),
        new("exists", 2, true, static call => LoopMacros.Exists(call, LoopMacros.OneVariable(call), 1)),
        new("exists_one", 2, true, static call => LoopMacros.ExistsOne(call, LoopMacros.OneVariable(call), 1)),
        new("existsOne", 2, true, static call => LoopMacros.ExistsOne(call, LoopMacros.OneVariable(call), 1)),
        new("map", 2, true, static call => Map(call, call.Target)),
        new("map", 3, true, static call => Map(call, call.Target)),
        new("filter", 2, true, Filter),
    ];

    public static IReadOnlyList<Macro> TwoVariables { get; } =
    [
        new("all", 3, true, static call => LoopMacros.All(call, LoopMacros.TwoVariables(call), 2)),
        new("exists", 3, true, static call => LoopMacros.Exists(call, LoopMacros.TwoVariables(call), 2)),
        new("existsOne", 3, true, static call => LoopMacros.ExistsOne(call, LoopMacros.TwoVariables(call), 2)),
        new("exists_one", 3, true, static call => LoopMacros.ExistsOne(call, LoopMacros.TwoVariables(call), 2)),
        .. Transforms("transformList", static call => call.List(), static (call, _, value) => call.Call(Operators.Add, call.Result(), call.List(value))),
        .. Transforms("transformMap", static call => call.EmptyMap(), static (call, names, value) => call.Call(MapInsert, call.Result(), call.Ident(names.First), value)),
        .. Transforms("transformMapEntry", static call => call.EmptyMap(), static (call, _, value) => call.Call(MapInsert, call.Result(), value)),
    ];

    public static IReadOnlyList<Macro> Optionals { get; } =
    [
        new("optMap", 2, true, static call => Optional(call, "optMap", static (call, bound) => call.Call("optional.of", bound))),
        new("optFlatMap", 2, true, static call => Optional(call, "optFlatMap", static (_, bound) => bound)),
    ];

    /// <summary><c>cel.bind(name, value, expression)</c>, which Kubernetes has not.</summary>
    public static IReadOnlyList<Macro> Bindings { get; } = [new("bind", 3, true, Bind)];

    /// <summary><c>list.sortBy(name, key)</c>.</summary>
    public static IReadOnlyList<Macro> Sorting { get; } = [new("sortBy", 2, true, SortBy)];

    public static IReadOnlyList<Macro> Math { get; } =
    [
        .. Enumerable.Range(0, 17).SelectMany(count => new Macro[] { Extreme("greatest", "max", count), Extreme("least", "min", count) }),
    ];

    private static Expr? Has(MacroCall call)
    {
        if (call.Arguments[0] is SelectExpr select)
        {
            return call.Has(select.Operand, select.Field);
        }

        call.Fail(0, "invalid argument to has() macro");
        return null;
    }

    private static Expr? Map(MacroCall call, Expr range)
    {
        if (LoopMacros.OneVariable(call, NotAnIdentifier) is not { } variables)
        {
            return null;
        }

        var step = call.Call(Operators.Add, call.Result(), call.List(call.Arguments[^1]));
        return LoopMacros.Collect(call, range, variables, call.List(), (step, call.Arguments.Count == 3 ? call.Arguments[1] : null));
    }

    private static Expr? Filter(MacroCall call)
    {
        if (LoopMacros.OneVariable(call, NotAnIdentifier) is not { } variables)
        {
            return null;
        }

        var step = call.Call(Operators.Add, call.Result(), call.List(call.Arguments[0]));
        return LoopMacros.Collect(call, call.Target, variables, call.List(), (step, call.Arguments[1]));
    }

    private static IEnumerable<Macro> Transforms(string name, Func<MacroCall, Expr> start, Func<MacroCall, LoopVariables, Expr, Expr> step)
    {
        return [new Macro(name, 3, true, Expand), new Macro(name, 4, true, Expand)];

        Expr? Expand(MacroCall call) => LoopMacros.TwoVariables(call) is { } variables
            ? LoopMacros.Collect(call, call.Target, variables, start(call), (step(call, variables, call.Arguments[^1]), call.Arguments.Count == 4 ? call.Arguments[2] : null))
            : null;
    }

    private static Expr? Optional(MacroCall call, string macro, Func<MacroCall, Expr, Expr> wrap)
    {
        if (call.Arguments[0] is not IdentExpr { Name: var name })
        {
            call.Fail(0, $"{macro}() variable name must be a simple identifier");
            return null;
        }

        var bound = call.Bind(name, call.Method("value", call.Copy(call.Target)), call.Arguments[1]);
        return call.Call(Operators.Conditional, call.Method("hasValue", call.Target), wrap(call, bound), call.Call("optional.none"));
    }

    private static Expr? Bind(MacroCall call)
    {
        if (call.Target is not IdentExpr { Name: "cel" })
        {
            return null;
        }

        if (call.Arguments[0] is IdentExpr { Name: var name })
        {
            return call.Bind(name, call.Arguments[1], call.Arguments[2]);
        }

        call.Fail(0, "cel.bind() variable names must be simple identifiers");
        return null;
    }

    private static Expr? SortBy(MacroCall call)
    {
        const string Input = "@__sortBy_input__";
        var keys = Map(call, call.Ident(Input));
        return keys is null ? null : call.Bind(Input, call.Target, call.Method("@sortByAssociatedKeys", call.Ident(Input), keys));
    }

    private static Macro Extreme(string name, string function, int count) => new(name, count, true, call =>
    {
        if (call.Target is not IdentExpr { Name: "math" })
        {
            return null;
        }

        return count switch
        {
            0 => Failed(call, $"math.{name}() requires at least one argument"),
            1 => Single(call, name, function),
            2 => call.Call($"math.@{function}", [.. call.Arguments]),
            _ => call.Call($"math.@{function}", call.List([.. call.Arguments])),
        };
    });

    private static Expr? Single(MacroCall call, string name, string function) =>
        call.Arguments[0] is ListExpr { Elements.Count: 0 } or LiteralExpr { Value: not (Values.IntValue or Values.UintValue or Values.DoubleValue) }
            ? Failed(call, $"math.{name}() invalid single argument value")
            : call.Call($"math.@{function}", call.Arguments[0]);

    private static Expr? Failed(MacroCall call, string message)
    {
        call.FailHere(message);
        return null;
    }
}

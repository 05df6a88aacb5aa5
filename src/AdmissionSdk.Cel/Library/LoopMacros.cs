using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>The loops that macros with one and with two variables share.</summary>
internal static class LoopMacros
{
    private const string NotAName = "argument must be a simple name";

    public static Expr? All(MacroCall call, LoopVariables? variables, int predicate) => variables is null ? null : call.Loop(variables, new LoopBody(
        call.True(),
        call.Call(Operators.NotStrictlyFalse, call.Result()),
        call.Call(Operators.LogicalAnd, call.Result(), call.Arguments[predicate]),
        call.Result()));

    public static Expr? Exists(MacroCall call, LoopVariables? variables, int predicate) => variables is null ? null : call.Loop(variables, new LoopBody(
        call.False(),
        call.Call(Operators.NotStrictlyFalse, call.Call(Operators.LogicalNot, call.Result())),
        call.Call(Operators.LogicalOr, call.Result(), call.Arguments[predicate]),
        call.Result()));

    public static Expr? ExistsOne(MacroCall call, LoopVariables? variables, int predicate) => variables is null ? null : call.Loop(variables, new LoopBody(
        call.Literal(IntValue.Of(0)),
        call.True(),
        call.Call(Operators.Conditional, call.Arguments[predicate], call.Call(Operators.Add, call.Result(), call.Literal(IntValue.Of(1))), call.Result()),
        call.Call(Operators.Equals, call.Result(), call.Literal(IntValue.Of(1)))));

    /// <summary>Collects what a step adds to a list or map, for the elements that a filter lets through.</summary>
    public static Expr Collect(MacroCall call, Expr range, LoopVariables variables, Expr start, (Expr Step, Expr? Filter) body)
    {
        var step = body.Filter is null ? body.Step : call.Call(Operators.Conditional, body.Filter, body.Step, call.Result());
        return call.Loop(range, variables, new LoopBody(start, call.True(), step, call.Result()));
    }

    public static LoopVariables? OneVariable(MacroCall call, string error = NotAName) =>
        call.Variable(0, error) is { } name ? new LoopVariables(name, null, ComprehensionExpr.Accumulator) : null;

    public static LoopVariables? TwoVariables(MacroCall call)
    {
        if (call.Variable(0, NotAName) is not { } first || call.Variable(1, NotAName) is not { } second)
        {
            return null;
        }

        if (first == second)
        {
            call.Fail(1, $"duplicate variable name: {first}");
            return null;
        }

        return new LoopVariables(first, second, ComprehensionExpr.Accumulator);
    }
}

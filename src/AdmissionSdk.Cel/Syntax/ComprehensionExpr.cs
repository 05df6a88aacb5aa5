namespace AdmissionSdk.Cel.Syntax;

/// <summary>A loop over a list or the keys of a map, which macros are made of.</summary>
internal sealed class ComprehensionExpr(int position, Expr range, LoopVariables variables, LoopBody body) : Expr(position)
{
    /// <summary>The name of the result of macros, which no expression can say.</summary>
    public const string Accumulator = "@result";

    public Expr Range { get; } = range;

    public LoopVariables Variables { get; } = variables;

    public LoopBody Body { get; } = body;

    /// <summary>True for a loop that runs zero times, to give a name to a value.</summary>
    public bool IsBind =>
        Range is ListExpr { Elements.Count: 0 } && Body.Condition is LiteralExpr { Value: Values.BoolValue { Value: false } } && Variables.Accumulator != "__result__";
}

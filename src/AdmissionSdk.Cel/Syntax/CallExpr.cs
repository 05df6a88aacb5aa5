namespace AdmissionSdk.Cel.Syntax;

/// <summary>A function, a method or an operator with its arguments.</summary>
internal sealed class CallExpr(int position, string function, Expr? target, IReadOnlyList<Expr> arguments) : Expr(position)
{
    public string Function { get; } = function;

    /// <summary>The object of a method.</summary>
    public Expr? Target { get; } = target;

    public IReadOnlyList<Expr> Arguments { get; } = arguments;
}

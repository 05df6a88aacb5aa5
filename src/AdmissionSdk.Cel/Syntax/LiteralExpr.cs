namespace AdmissionSdk.Cel.Syntax;

internal sealed class LiteralExpr(int position, CelValue value) : Expr(position)
{
    public CelValue Value { get; } = value;
}

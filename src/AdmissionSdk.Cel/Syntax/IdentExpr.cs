namespace AdmissionSdk.Cel.Syntax;

/// <summary>A name, with a leading dot if it has to be looked up from the root.</summary>
internal sealed class IdentExpr(int position, string name) : Expr(position)
{
    public string Name { get; } = name;
}

namespace AdmissionSdk.Cel.Syntax;

/// <summary>A list; elements marked with <c>?</c> are left out if they are <c>optional.none()</c>.</summary>
internal sealed class ListExpr(int position, IReadOnlyList<Expr> elements, IReadOnlySet<int> optionals) : Expr(position)
{
    public IReadOnlyList<Expr> Elements { get; } = elements;

    public IReadOnlySet<int> Optionals { get; } = optionals;
}

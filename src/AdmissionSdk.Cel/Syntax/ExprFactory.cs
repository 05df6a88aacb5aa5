namespace AdmissionSdk.Cel.Syntax;

/// <summary>Makes the nodes of one tree, and counts them: macros copy their target, so that nested ones grow without bound.</summary>
internal sealed class ExprFactory
{
    private const int Most = 500_000;

    private static readonly IReadOnlySet<int> NoOptionals = new HashSet<int>();

    private int _count;

    /// <summary>True once the tree is too large, from then on copies are not made.</summary>
    public bool IsFull => _count > Most;

    public Expr Literal(int position, CelValue value) => Counted(new LiteralExpr(position, value));

    public Expr Ident(int position, string name) => Counted(new IdentExpr(position, name));

    public Expr Select(int position, Expr operand, string field, bool testOnly = false) => Counted(new SelectExpr(position, operand, field, testOnly));

    public Expr Call(int position, string function, Expr? target, IReadOnlyList<Expr> arguments) => Counted(new CallExpr(position, function, target, arguments));

    public Expr List(int position, IReadOnlyList<Expr> elements, IReadOnlySet<int>? optionals = null) => Counted(new ListExpr(position, elements, optionals ?? NoOptionals));

    public Expr Map(int position, IReadOnlyList<MapEntry> entries) => Counted(new MapExpr(position, entries));

    public Expr Struct(int position, string typeName, IReadOnlyList<StructField> fields) => Counted(new StructExpr(position, typeName, fields));

    public Expr Loop(int position, Expr range, LoopVariables variables, LoopBody body) => Counted(new ComprehensionExpr(position, range, variables, body));

    /// <summary>A copy of a tree, as the checker keeps one type for each node.</summary>
    public Expr Copy(Expr expr)
    {
        if (IsFull)
        {
            return expr;
        }

        return expr switch
        {
            LiteralExpr literal => Literal(literal.Position, literal.Value),
            IdentExpr ident => Ident(ident.Position, ident.Name),
            SelectExpr select => Select(select.Position, Copy(select.Operand), select.Field, select.TestOnly),
            CallExpr call => Call(call.Position, call.Function, call.Target is { } target ? Copy(target) : null, [.. call.Arguments.Select(Copy)]),
            ListExpr list => List(list.Position, [.. list.Elements.Select(Copy)], list.Optionals),
            MapExpr map => Map(map.Position, [.. map.Entries.Select(entry => entry with { Key = Copy(entry.Key), Value = Copy(entry.Value) })]),
            StructExpr structure => Struct(structure.Position, structure.TypeName, [.. structure.Fields.Select(field => field with { Value = Copy(field.Value) })]),
            ComprehensionExpr loop => Loop(loop.Position, Copy(loop.Range), loop.Variables, Copy(loop.Body)),
            _ => throw new InvalidOperationException($"{expr.GetType()} has no copy."),
        };
    }

    private LoopBody Copy(LoopBody body) => new(Copy(body.Initial), Copy(body.Condition), Copy(body.Step), Copy(body.Result));

    private T Counted<T>(T expr)
        where T : Expr
    {
        _count++;
        return expr;
    }
}

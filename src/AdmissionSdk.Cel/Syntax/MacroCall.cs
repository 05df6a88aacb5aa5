using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Syntax;

/// <summary>A call of a macro, with the means to make the expression it stands for. Its nodes have the place of the call.</summary>
internal sealed class MacroCall(ExprFactory factory, int position, Expr? target, IReadOnlyList<Expr> arguments)
{
    public Expr Target => target!;

    public IReadOnlyList<Expr> Arguments => arguments;

    public string? Error { get; private set; }

    public int ErrorPosition { get; private set; }

    /// <summary>The name of a variable, or null after an error if the argument is something else.</summary>
    public string? Variable(int argument, string error)
    {
        if (arguments[argument] is not IdentExpr { Name: var name } || name.StartsWith('.'))
        {
            return Fail(argument, error);
        }

        return name is ComprehensionExpr.Accumulator or "__result__" ? Fail(argument, "iteration variable overwrites accumulator variable") : name;
    }

    public string? Fail(int argument, string error)
    {
        (Error, ErrorPosition) = (error, arguments[argument].Position);
        return null;
    }

    public void FailHere(string error) => (Error, ErrorPosition) = (error, position);

    public Expr Result() => factory.Ident(position, ComprehensionExpr.Accumulator);

    public Expr Ident(string name) => factory.Ident(position, name);

    public Expr True() => Literal(BoolValue.True);

    public Expr False() => Literal(BoolValue.False);

    public Expr Literal(CelValue value) => factory.Literal(position, value);

    public Expr List(params Expr[] elements) => factory.List(position, elements);

    public Expr EmptyMap() => factory.Map(position, []);

    public Expr Call(string function, params Expr[] args) => factory.Call(position, function, null, args);

    public Expr Method(string function, Expr on, params Expr[] args) => factory.Call(position, function, on, args);

    public Expr Has(Expr operand, string field) => factory.Select(position, operand, field, testOnly: true);

    public Expr Loop(LoopVariables variables, LoopBody body) => Loop(Target, variables, body);

    public Expr Loop(Expr range, LoopVariables variables, LoopBody body) => factory.Loop(position, range, variables, body);

    /// <summary>Gives a name to a value.</summary>
    public Expr Bind(string name, Expr value, Expr expression) =>
        Loop(List(), new LoopVariables("#unused", null, name), new LoopBody(value, False(), Ident(name), expression));

    public Expr Copy(Expr expr) => factory.Copy(expr);
}

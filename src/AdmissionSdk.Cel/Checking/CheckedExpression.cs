using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Checking;

/// <summary>A tree with the type of each node, and what its names and calls stand for.</summary>
internal sealed class CheckedExpression(Expr root)
{
    private readonly Dictionary<Expr, CelType> _types = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, Variable> _variables = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expr, IReadOnlyList<Overload>> _overloads = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Expr> _functions = new(ReferenceEqualityComparer.Instance);

    public Expr Root { get; } = root;

    public CelType Type => TypeOf(Root);

    public CelType TypeOf(Expr expr) => _types.GetValueOrDefault(expr) ?? CelType.Dyn;

    /// <summary>The variable that a name or a chain of selections stands for.</summary>
    public Variable? VariableOf(Expr expr) => _variables.GetValueOrDefault(expr);

    /// <summary>The forms of a function that fit the types of a call.</summary>
    public IReadOnlyList<Overload> OverloadsOf(Expr expr) => _overloads.GetValueOrDefault(expr) ?? [];

    /// <summary>True for a call that looks like a method and is a function with a dotted name.</summary>
    public bool IsFunction(CallExpr call) => _functions.Contains(call);

    public void SetType(Expr expr, CelType type) => _types[expr] = type;

    public void SetVariable(Expr expr, Variable variable) => _variables[expr] = variable;

    public void SetOverloads(Expr expr, IReadOnlyList<Overload> overloads) => _overloads[expr] = overloads;

    public void SetFunction(CallExpr call) => _functions.Add(call);

    /// <summary>The first names of the environment's variables that the expression uses.</summary>
    public HashSet<string> FindVariables() =>
        _variables.Values.Where(variable => variable is { IsLocal: false, Constant: null }).Select(variable => variable.Name.Split('.')[0]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Replaces the type parameters in all types by what was found for them.</summary>
    public void Settle(TypeMapping mapping)
    {
        foreach (var expr in _types.Keys.ToList())
        {
            _types[expr] = mapping.Substitute(_types[expr], openToDyn: true);
        }
    }
}

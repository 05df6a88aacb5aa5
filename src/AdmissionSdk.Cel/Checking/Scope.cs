using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Checking;

/// <summary>The names of loops around a place, the inner ones first.</summary>
internal sealed class Scope(Scope? outer, IReadOnlyList<Variable> variables)
{
    public Scope? Outer { get; } = outer;

    public static Scope Of(Scope? outer, string name, CelType type) => new(outer, [new Variable(name, type, IsLocal: true)]);

    public Variable? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            foreach (var variable in scope.Variables)
            {
                if (variable.Name == name)
                {
                    return variable;
                }
            }
        }

        return null;
    }

    private IReadOnlyList<Variable> Variables => variables;
}

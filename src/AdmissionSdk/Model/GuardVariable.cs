namespace AdmissionSdk.Registration;

/// <summary>A named expression of a guard policy, which later expressions read as <c>variables.NAME</c>.</summary>
public sealed class GuardVariable
{
    internal GuardVariable(string name, string expression) => (Name, Expression) = (name, expression);

    /// <summary>The name: a CEL identifier, unique in the policy.</summary>
    public string Name { get; }

    /// <summary>The expression: CEL over <c>object</c>, <c>oldObject</c>, <c>request</c>, <c>namespaceObject</c>, <c>authorizer</c> and earlier variables.</summary>
    public string Expression { get; }
}

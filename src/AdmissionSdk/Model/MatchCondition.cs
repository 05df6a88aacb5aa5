namespace AdmissionSdk.Registration;

/// <summary>
/// A CEL expression that must be true for the API server to call the webhook. The SDK checks its name and its shape (quotes and brackets);
/// an application with the command line (AdmissionSdk.CommandLine) compiles the expression too.
/// </summary>
public sealed record MatchCondition
{
    internal MatchCondition(string name, string expression) => (Name, Expression) = (name, expression);

    /// <summary>The name: a qualified name, such as <c>not-a-lease</c> or <c>example.com/not-a-lease</c>, unique in the webhook.</summary>
    public string Name { get; }

    /// <summary>The expression: CEL over <c>object</c>, <c>oldObject</c>, <c>request</c> and <c>authorizer</c>.</summary>
    public string Expression { get; }
}

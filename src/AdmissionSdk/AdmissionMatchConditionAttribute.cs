namespace AdmissionSdk;

/// <summary>A CEL expression that must be true for the webhook to be called, said on a handler's class. See <see cref="Registration.MatchCondition"/>.</summary>
/// <param name="name">Its name, unique in the webhook.</param>
/// <param name="expression">The expression; the API server compiles it, the SDK only checks its shape.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AdmissionMatchConditionAttribute(string name, string expression) : Attribute
{
    /// <summary>Its name, unique in the webhook.</summary>
    public string Name { get; } = name;

    /// <summary>The CEL expression.</summary>
    public string Expression { get; } = expression;
}

namespace AdmissionSdk.Registration;

/// <summary>Builds the guard policy of a validating webhook. The webhook's rules, selectors, exemptions and match conditions are the policy's own too.</summary>
public sealed class GuardPolicyBuilder
{
    private readonly List<GuardVariable> _variables = [];
    private readonly List<GuardValidation> _validations = [];
    private readonly List<string> _notes = [];
    private string? _partialReason;

    internal GuardPolicyBuilder()
    {
    }

    /// <summary>Adds a named expression, which later expressions read as <c>variables.NAME</c>. The API server evaluates it at most once for a request, when it is first read.</summary>
    /// <param name="name">A CEL identifier, unique in the policy.</param>
    /// <param name="expression">CEL over <c>object</c>, <c>oldObject</c>, <c>request</c>, <c>namespaceObject</c>, <c>authorizer</c> and earlier variables.</param>
    /// <returns>This builder.</returns>
    public GuardPolicyBuilder Variable(string name, string expression)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        _variables.Add(new GuardVariable(name, expression));
        return this;
    }

    /// <summary>Adds an expression that must be true. An expression that fails, for example by a field that is not there, denies.</summary>
    /// <param name="expression">CEL that results in a bool.</param>
    /// <param name="message">The message of a denial, on one line.</param>
    /// <param name="messageExpression">CEL that results in the message as a string; null for <paramref name="message"/>, which also stands in if the expression fails.</param>
    /// <returns>This builder.</returns>
    public GuardPolicyBuilder Validate(string expression, string message, string? messageExpression = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        _validations.Add(new GuardValidation(expression, message, messageExpression));
        return this;
    }

    /// <summary>Adds a sentence for people, written as a comment above the policy.</summary>
    /// <param name="text">The sentence.</param>
    /// <returns>This builder.</returns>
    public GuardPolicyBuilder Note(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        _notes.Add(text);
        return this;
    }

    /// <summary>Says that the policy allows something that the webhook may deny. The first line of what <c>manifests</c> writes repeats it.</summary>
    /// <param name="reason">The part that is left to the webhook, and the cause.</param>
    /// <returns>This builder.</returns>
    public GuardPolicyBuilder Partial(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _partialReason = reason;
        return this;
    }

    internal GuardPolicy Build() => new([.. _variables], [.. _validations], [.. _notes], _partialReason);
}

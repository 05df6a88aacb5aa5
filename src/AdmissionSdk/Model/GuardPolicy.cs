namespace AdmissionSdk.Registration;

/// <summary>
/// A policy that the API server judges by itself, generated from a validating webhook as a ValidatingAdmissionPolicy and its binding (Kubernetes 1.30 and newer).
/// It holds while every replica of the webhook is down.
/// </summary>
public sealed class GuardPolicy
{
    internal GuardPolicy(IReadOnlyList<GuardVariable> variables, IReadOnlyList<GuardValidation> validations, IReadOnlyList<string> notes, string? partialReason) =>
        (Variables, Validations, Notes, PartialReason) = (variables, validations, notes, partialReason);

    /// <summary>The variables, in the order in which they see one another.</summary>
    public IReadOnlyList<GuardVariable> Variables { get; }

    /// <summary>The expressions that must all be true.</summary>
    public IReadOnlyList<GuardValidation> Validations { get; }

    /// <summary>Sentences for people, written as comments above the policy.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The reason that the policy allows something that the webhook may deny; null if the policy denies all that the webhook denies.</summary>
    public string? PartialReason { get; }
}

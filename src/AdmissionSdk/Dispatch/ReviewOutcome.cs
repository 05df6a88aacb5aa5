using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Dispatch;

/// <summary>The response to one review, and beside it the diagnosis that only logs, metrics and traces need.</summary>
internal sealed record ReviewOutcome(AdmissionResponse Response)
{
    public static ReviewOutcome Allowed { get; } = new(AdmissionResponse.Allowed);

    public int PatchOperations { get; init; }

    /// <summary><see cref="FailureKind.None"/> unless the decision is Fail, or was Fail before a policy or a mode changed it.</summary>
    public FailureKind Failure { get; init; }

    /// <summary>The reason for the failure, in words for the log.</summary>
    public string? FailureDetail { get; init; }

    /// <summary>The exception behind a failure, for the log.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The decision that warn or audit mode turned into an Allow; null when the decision counts.</summary>
    public AdmissionDecision? Unenforced { get; init; }

    /// <summary>The words for the user that warn or audit mode left of the decision; null when the decision counts.</summary>
    public string? UnenforcedMessage { get; init; }
}

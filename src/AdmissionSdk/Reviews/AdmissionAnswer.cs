namespace AdmissionSdk.Reviews;

/// <summary>What is to be answered to one review, free of HTTP and of the envelope.</summary>
internal sealed record AdmissionAnswer
{
    public required AdmissionDecision Decision { get; init; }

    /// <summary>On Deny the text for the user; on Fail the whole line to send, already free of secrets.</summary>
    public string? Message { get; init; }

    public int Code { get; init; }

    public string? Reason { get; init; }

    /// <summary>After how many seconds the user's client may try again; 0 when it was not told.</summary>
    public int RetryAfterSeconds { get; init; }

    public IReadOnlyList<FieldError> Causes { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The JSON Patch; empty when nothing changes.</summary>
    public ReadOnlyMemory<byte> Patch { get; init; }

    public int PatchOperations { get; init; }

    /// <summary>Why it failed; <see cref="FailureKind.None"/> unless <see cref="Decision"/> is Fail or was Fail before a policy changed it.</summary>
    public FailureKind Failure { get; init; }

    /// <summary>Why it failed, in words for the log.</summary>
    public string? Why { get; init; }

    /// <summary>What the answer would have been, had warn or audit mode not made it an Allow.</summary>
    public AdmissionDecision? Instead { get; init; }

    /// <summary>The mode that made it so.</summary>
    public EnforcementMode Mode { get; init; }

    /// <summary>The exception behind a failure, for the log.</summary>
    public Exception? Exception { get; init; }
}

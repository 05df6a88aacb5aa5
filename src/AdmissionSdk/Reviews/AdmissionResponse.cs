using System.Collections.ObjectModel;

namespace AdmissionSdk.Reviews;

/// <summary>The <c>response</c> of one AdmissionReview, free of HTTP and of the envelope; a Fail has none and is answered by an HTTP error.</summary>
internal sealed record AdmissionResponse
{
    public static AdmissionResponse Allowed { get; } = new() { Decision = AdmissionDecision.Allow };

    public required AdmissionDecision Decision { get; init; }

    /// <summary>On Deny the text for the user; on Fail the whole line to send, already free of secrets.</summary>
    public string? Message { get; init; }

    public int Code { get; init; }

    public string? Reason { get; init; }

    /// <summary>After how many seconds the user's client may try again; 0 for no such advice.</summary>
    public int RetryAfterSeconds { get; init; }

    public IReadOnlyList<FieldError> Causes { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyDictionary<string, string> AuditAnnotations { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The JSON Patch; empty when nothing changes.</summary>
    public ReadOnlyMemory<byte> Patch { get; init; }
}

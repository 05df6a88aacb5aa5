using System.Collections.ObjectModel;

namespace AdmissionSdk.Testing.Outcomes;

/// <summary>The API server's verdict on a response.</summary>
internal sealed record Verdict
{
    public required AdmissionDecision Decision { get; init; }

    public int Code { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public string? Failure { get; init; }

    public IReadOnlyList<FieldError> Causes { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyDictionary<string, string> AuditAnnotations { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public string? Patch { get; init; }

    /// <summary>The raw text of the review's object; null without an object.</summary>
    public string? SentObject { get; init; }

    /// <summary>The object with the patch applied; null unless the review has an object and was allowed.</summary>
    public string? ResultObject { get; init; }
}

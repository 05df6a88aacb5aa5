using AdmissionSdk.Observability;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Annotates the responses that somebody will ask about: a denial, what would have been one, and an answer without a decision. The API server stores the
/// annotation as <c>WEBHOOK/decision</c>. A plain Allow has none, since the audit log would carry it for every request, and a patch none either: the API
/// server annotates patches itself.
/// </summary>
internal static class DecisionAnnotation
{
    public const string Key = "decision";

    public static ReviewOutcome AddTo(ReviewOutcome outcome)
    {
        // A failure has no envelope, and a handler's own annotation stays.
        var response = outcome.Response;
        return response.Decision != AdmissionDecision.Fail && Describe(outcome) is { } text && !response.AuditAnnotations.ContainsKey(Key)
            ? outcome with
            {
                Response = response with { AuditAnnotations = new Dictionary<string, string>(response.AuditAnnotations, StringComparer.Ordinal) { [Key] = text } },
            }
            : outcome;
    }

    // Cut by the writer.
    private static string? Describe(ReviewOutcome outcome) => outcome switch
    {
        { UnenforcedMessage: { } message } => message,
        { Failure: not FailureKind.None, Response.Decision: AdmissionDecision.Deny } => $"denied without a decision: {outcome.FailureDetail}",
        { Failure: not FailureKind.None } => $"allowed without a decision: {outcome.FailureDetail}",
        { Response.Decision: AdmissionDecision.Deny } => $"denied: {outcome.Response.Message}",
        _ => null,
    };
}

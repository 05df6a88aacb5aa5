using AdmissionSdk.Contexts;
using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Turns Deny and Fail into Allow in warn and audit mode. Fail too, or a webhook that is only being tried out could stop the cluster by crashing.
/// </summary>
internal static class EnforcementFilter
{
    private const string AnnotationKey = "would-deny";

    public static ReviewOutcome Apply(EnforcementMode mode, ReviewOutcome outcome)
    {
        var response = outcome.Response;
        if (mode == EnforcementMode.Enforce || response.Decision == AdmissionDecision.Allow || outcome.Failure == FailureKind.Canceled)
        {
            return outcome;
        }

        var text = response.Decision == AdmissionDecision.Deny ? $"would have been denied: {response.Message}" : $"would have failed: {response.Message}";
        var allowed = new AdmissionResponse { Decision = AdmissionDecision.Allow, Warnings = response.Warnings, AuditAnnotations = response.AuditAnnotations };
        return outcome with
        {
            Unenforced = response.Decision,
            UnenforcedMessage = text,
            Response = mode == EnforcementMode.Warn
                ? allowed with { Warnings = [WarningText.Clean(text), .. response.Warnings] }
                : allowed with { AuditAnnotations = new Dictionary<string, string>(response.AuditAnnotations, StringComparer.Ordinal) { [AnnotationKey] = text } },
        };
    }
}

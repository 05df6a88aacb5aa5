using AdmissionSdk.Contexts;
using AdmissionSdk.Model;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Warn and audit mode: Deny and Fail become Allow. Fail too, or a webhook that is only being tried out could stop the cluster by crashing.
/// </summary>
internal static class EnforcementModes
{
    private const string AnnotationKey = "would-deny";

    public static AdmissionAnswer Apply(EffectiveSettings settings, AdmissionAnswer answer)
    {
        if (settings.Mode == EnforcementMode.Enforce || answer.Decision == AdmissionDecision.Allow || answer.Failure == FailureKind.Canceled)
        {
            return answer;
        }

        var text = answer.Decision == AdmissionDecision.Deny ? $"would have been denied: {answer.Message}" : $"would have failed: {answer.Message}";
        var allowed = new AdmissionAnswer
        {
            Decision = AdmissionDecision.Allow,
            Warnings = answer.Warnings,
            Annotations = answer.Annotations,
            Failure = answer.Failure,
            Why = answer.Why,
            Exception = answer.Exception,
            Instead = answer.Decision,
            Mode = settings.Mode,
        };
        return settings.Mode == EnforcementMode.Warn
            ? allowed with { Warnings = [WarningText.Clean(text), .. answer.Warnings] }
            : allowed with { Annotations = new Dictionary<string, string>(answer.Annotations, StringComparer.Ordinal) { [AnnotationKey] = text } };
    }
}

using AdmissionSdk.Observability;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Registration;
using AdmissionSdk.Reviews;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Turns "could not decide" into an answer, by the webhook's own policies. The line starts with webhook and uid and ends with what happened:
/// every user whose request fails gets to read it (contract 9.2), so an exception's message is only in it during development.
/// </summary>
internal static class FailurePolicies
{
    public static AdmissionAnswer Unmatched(EffectiveSettings webhook, AdmissionRequest request)
    {
        var resource = request.SubResource.Length == 0 ? request.Resource.Resource : $"{request.Resource.Resource}/{request.SubResource}";
        var what = LogText.Of($"{LogText.Of(request.Operation.Value ?? "")} {resource}");
        var failed = Failed(webhook, request, $"no handler is registered for {what}", FailureKind.Unmatched);
        return webhook.OnUnmatched switch
        {
            UnmatchedPolicy.Allow => failed with { Decision = AdmissionDecision.Allow, Message = null },
            UnmatchedPolicy.Deny => Denied(failed, 403),
            _ => failed,
        };
    }

    // Always a failure: whether requests may pass while the webhook is overloaded is for failurePolicy to say.
    public static AdmissionAnswer Busy(EffectiveSettings webhook, AdmissionRequest request) =>
        Failed(webhook, request, $"all {webhook.MaxConcurrentReviews} slots are taken", FailureKind.Busy);

    public static AdmissionAnswer Late(EffectiveSettings webhook, AdmissionRequest request, ReviewDeadline deadline) =>
        deadline.IsDisconnected
            ? Failed(webhook, request, "the API server hung up", FailureKind.Canceled)
            : ByErrorPolicy(webhook, Failed(webhook, request, $"no decision within {deadline.Budget.TotalSeconds:0.###} s", FailureKind.TimedOut));

    public static AdmissionAnswer Said(
        EffectiveSettings webhook, AdmissionRequest request, string message, FailureKind kind = FailureKind.Handler) =>
        ByErrorPolicy(webhook, Failed(webhook, request, message, kind));

    public static AdmissionAnswer Threw(
        EffectiveSettings webhook, AdmissionRequest request, Exception exception, bool isDevelopment, bool isLate)
    {
        var kind = exception switch
        {
            UndecodableObjectException => FailureKind.Undecodable,
            PatchException { IsDefect: true } => FailureKind.SelfCheck,
            PatchException => FailureKind.Patch,
            // A canceled call to somewhere else comes out as whatever its client makes of it.
            _ when isLate => FailureKind.TimedOut,
            _ => FailureKind.Handler,
        };
        var failed = Failed(webhook, request, Describe(exception, isDevelopment), kind) with { Exception = exception };
        if (kind != FailureKind.Undecodable)
        {
            return ByErrorPolicy(webhook, failed);
        }

        return webhook.OnUndecodable == UndecodablePolicy.Deny ? Denied(failed, 400) : failed;
    }

    private static AdmissionAnswer ByErrorPolicy(EffectiveSettings webhook, AdmissionAnswer failed) => webhook.OnError switch
    {
        ErrorPolicy.Deny => Denied(failed, 500),
        ErrorPolicy.AllowWithWarning => failed with
        {
            Decision = AdmissionDecision.Allow,
            Message = null,
            Warnings = [WarningText.Clean(failed.Message!)],
        },
        _ => failed,
    };

    private static AdmissionAnswer Denied(AdmissionAnswer failed, int code) =>
        failed with { Decision = AdmissionDecision.Deny, Code = code, Reason = StatusReasons.ForCode(code) };

    private static AdmissionAnswer Failed(EffectiveSettings webhook, AdmissionRequest request, string why, FailureKind kind) => new()
    {
        Decision = AdmissionDecision.Fail,
        Message = $"{webhook.Name}: could not decide (uid {LogText.Of(request.Uid)}): {why}".ReplaceLineEndings(" "),
        Failure = kind,
        Why = why,
    };

    private static string Describe(Exception exception, bool isDevelopment)
    {
        // Undecodable and patch errors are our own texts: they name members and types, never values.
        var ours = exception is UndecodableObjectException or PatchException;
        var inner = exception is UndecodableObjectException { InnerException: { } cause } ? cause : exception;
        var text = ours ? exception.Message : exception.GetType().Name;
        return isDevelopment && !(ours && ReferenceEquals(inner, exception)) ? $"{text}: {inner.Message}" : text;
    }
}

using AdmissionSdk.Contexts;
using AdmissionSdk.Memory;
using AdmissionSdk.Observability;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Quoting;
using AdmissionSdk.Reviews;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Turns "could not decide" into a response, by the webhook's own policies. The line starts with webhook and uid and ends with the cause:
/// every user whose request fails gets to read the line (contract 9.2), so an exception's message is only in it during development.
/// </summary>
internal sealed class FailureResponses(IHostEnvironment environment)
{
    private readonly bool _isDevelopment = environment.IsDevelopment();

    public static ReviewOutcome ForUnmatched(ReviewExchange exchange)
    {
        var request = exchange.Request;
        var resource = request.Subresource.Length == 0 ? request.Resource.Resource : $"{request.Resource.Resource}/{request.Subresource}";
        var target = LogText.Of($"{LogText.Of(request.Operation.Value ?? "")} {resource}");
        var failed = Fail(exchange, $"no handler is registered for {target}", FailureKind.Unmatched);
        return exchange.Settings.OnUnmatched switch
        {
            UnmatchedPolicy.Allow => failed with { Response = AdmissionResponse.Allowed },
            UnmatchedPolicy.Deny => Deny(failed, 403),
            _ => failed,
        };
    }

    // Always a failure: whether requests may pass while the webhook is overloaded is for failurePolicy to say.
    public static ReviewOutcome ForBusy(ReviewExchange exchange) =>
        Fail(exchange, $"all {exchange.Settings.MaxConcurrentReviews} slots are taken", FailureKind.Busy);

    /// <summary>Denies a review that was turned away unread; null if the webhook's policy is another, or the uid is not known.</summary>
    public static ReviewOutcome? ForUnread(ReviewExchange exchange, int code, string line) =>
        exchange is { Settings.OnTooLarge: TooLargePolicy.Deny, Head: not null }
            ? new ReviewOutcome(new AdmissionResponse
            {
                Decision = AdmissionDecision.Deny,
                Message = $"{exchange.Webhook.Name}: {line}",
                Code = code,
                Reason = StatusReasons.ForCode(code),
            })
            : null;

    public static ReviewOutcome ForDeadline(ReviewExchange exchange) =>
        exchange.Deadline.IsDisconnected
            ? Fail(exchange, "the API server hung up", FailureKind.Canceled)
            : ByErrorPolicy(exchange, Fail(exchange, $"no decision within {exchange.Deadline.Budget.TotalSeconds:0.###} s", FailureKind.TimedOut));

    public static ReviewOutcome ForResult(ReviewExchange exchange, string message, FailureKind kind = FailureKind.Handler) =>
        ByErrorPolicy(exchange, Fail(exchange, message, kind));

    public ReviewOutcome ForException(ReviewExchange exchange, Exception exception, bool isLate)
    {
        if (exception is OutOfMemoryException)
        {
            // Says nothing of the object, so it is a failure like a full queue, whatever the policies for handlers and objects are.
            return Fail(exchange, "the process is short of memory", FailureKind.Busy) with { Exception = exception };
        }

        if (exception is ReviewMemoryException)
        {
            var over = Fail(exchange, exception.Message, FailureKind.Memory);
            return exchange.Settings.OnTooLarge == TooLargePolicy.Deny ? Deny(over, 503) : over;
        }

        var kind = exception switch
        {
            UndecodableObjectException => FailureKind.Undecodable,
            PatchException { IsDefect: true } => FailureKind.SelfCheck,
            PatchException => FailureKind.Patch,
            // A canceled call to somewhere else comes out as whatever its client makes of it.
            _ when isLate => FailureKind.TimedOut,
            _ => FailureKind.Handler,
        };
        var failed = Fail(exchange, Describe(exception), kind) with { Exception = exception };
        return kind != FailureKind.Undecodable ? ByErrorPolicy(exchange, failed)
            : exchange.Settings.OnUndecodable == UndecodablePolicy.Deny ? Deny(failed, 400)
            : failed;
    }

    private static ReviewOutcome ByErrorPolicy(ReviewExchange exchange, ReviewOutcome failed) => exchange.Settings.OnError switch
    {
        ErrorPolicy.Deny => Deny(failed, 500),
        ErrorPolicy.AllowWithWarning => failed with
        {
            Response = AdmissionResponse.Allowed with { Warnings = [WarningText.Clean(failed.Response.Message!)] },
        },
        _ => failed,
    };

    private static ReviewOutcome Deny(ReviewOutcome failed, int code) =>
        failed with { Response = failed.Response with { Decision = AdmissionDecision.Deny, Code = code, Reason = StatusReasons.ForCode(code) } };

    private static ReviewOutcome Fail(ReviewExchange exchange, string detail, FailureKind kind)
    {
        var line = ShownText.ToLine($"{exchange.Webhook.Name}: could not decide (uid {LogText.Of(exchange.Request.Uid)}): {detail}", ResponseLimits.FailureLength);
        return new(new AdmissionResponse { Decision = AdmissionDecision.Fail, Message = line }) { Failure = kind, FailureDetail = detail };
    }

    private string Describe(Exception exception)
    {
        // Undecodable and patch errors are our own texts: they name members and types, never values.
        var ours = exception is UndecodableObjectException or PatchException;
        var inner = exception is UndecodableObjectException { InnerException: { } cause } ? cause : exception;
        var text = ours ? exception.Message : exception.GetType().Name;
        return _isDevelopment && !(ours && ReferenceEquals(inner, exception)) ? $"{text}: {inner.Message}" : text;
    }
}

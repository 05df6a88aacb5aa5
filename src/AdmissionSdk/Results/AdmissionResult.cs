namespace AdmissionSdk;

/// <summary>A handler's result: Allow, Deny or Fail. Immutable; converts to <see cref="ValueTask{TResult}"/> so that a handler without awaits can return a result as it is.</summary>
public sealed class AdmissionResult
{
    private const int DefaultDenyCode = 403;
    private const int InvalidCode = 422;
    private static readonly AdmissionResult AllowResult = new(AdmissionDecision.Allow, message: null);

    private AdmissionResult(AdmissionDecision decision, string? message)
    {
        Decision = decision;
        Message = message;
    }

    /// <summary>The decision.</summary>
    public AdmissionDecision Decision { get; }

    /// <summary>The text that the user reads on Deny or Fail; null on Allow.</summary>
    public string? Message { get; }

    /// <summary>The HTTP status code the user's client gets on Deny, 400 to 599; zero otherwise.</summary>
    public int Code { get; private init; }

    /// <summary>The machine-readable reason on Deny, such as <c>Forbidden</c>; null otherwise.</summary>
    public string? Reason { get; private init; }

    /// <summary>The fields at fault on Deny; empty when none were named.</summary>
    public IReadOnlyList<FieldError> Causes { get; private init; } = [];

    /// <summary>After how long the user's client may try again, on Deny; null for no advice.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Lets the request go on, with the edits a mutator made.</summary>
    /// <returns>An Allow.</returns>
    public static AdmissionResult Allow() => AllowResult;

    /// <summary>Refuses the request with 403 Forbidden, whatever the webhook's failurePolicy.</summary>
    /// <param name="message">The text that the user reads after <c>admission webhook "name" denied the request: </c>. Name the fix.</param>
    /// <returns>A Deny.</returns>
    /// <exception cref="ArgumentException"><paramref name="message"/> is empty: the API server would print "denied the request without explanation".</exception>
    public static AdmissionResult Deny(string message) => Deny(message, DefaultDenyCode);

    /// <summary>Refuses the request with a code, and the reason that Kubernetes uses for the code, such as <c>TooManyRequests</c> for 429.</summary>
    /// <param name="message">The text that the user reads after <c>admission webhook "name" denied the request: </c>. Name the fix.</param>
    /// <param name="code">The HTTP status code of the user's response, 400 to 599.</param>
    /// <returns>A Deny.</returns>
    /// <exception cref="ArgumentException"><paramref name="message"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not 400 to 599: the API server rewrites lower codes and fails on some higher ones.</exception>
    public static AdmissionResult Deny(string message, int code) => Refuse(message, code, StatusReasons.ForCode(code));

    /// <summary>Refuses the request with a code and a reason.</summary>
    /// <param name="message">The text that the user reads after <c>admission webhook "name" denied the request: </c>. Name the fix.</param>
    /// <param name="code">The HTTP status code of the user's response, 400 to 599.</param>
    /// <param name="reason">The machine-readable reason, which kubectl prints in brackets.</param>
    /// <returns>A Deny.</returns>
    /// <exception cref="ArgumentException"><paramref name="message"/> or <paramref name="reason"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not 400 to 599.</exception>
    public static AdmissionResult Deny(string message, int code, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return Refuse(message, code, reason);
    }

    /// <summary>Refuses the request with 422 Invalid, and names the fields at fault, which kubectl prints one by one.</summary>
    /// <param name="errors">The faults; at least one.</param>
    /// <returns>A Deny with code 422, reason <c>Invalid</c> and one cause a fault.</returns>
    /// <exception cref="ArgumentException"><paramref name="errors"/> is empty.</exception>
    public static AdmissionResult Invalid(params IReadOnlyList<FieldError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (errors.Count == 0)
        {
            throw new ArgumentException("Name at least one field error, or use Deny.", nameof(errors));
        }

        // The causes that a response has room for; the object's author may have chosen how many there are.
        var message = string.Join(", ", errors.Take(ResponseLimits.Causes).Select(error => $"{error.Field}: {error.Message}"));
        return new(AdmissionDecision.Deny, message) { Code = InvalidCode, Reason = "Invalid", Causes = [.. errors] };
    }

    /// <summary>Says that the webhook could not decide. The webhook's <see cref="ErrorPolicy"/>, and by default its <c>failurePolicy</c>, takes over.</summary>
    /// <param name="message">The reason. The user and the API server's log get to read the message, so keep secrets out.</param>
    /// <returns>A Fail.</returns>
    /// <exception cref="ArgumentException"><paramref name="message"/> is empty.</exception>
    public static AdmissionResult Fail(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        return new(AdmissionDecision.Fail, message);
    }

    /// <summary>
    /// Tells the user's client to try again later, by a <c>Retry-After</c> header. Clients such as kubectl and controllers try again
    /// without the user when the code is 429 or 500 to 599: for denials that time cures, such as a quota that is being freed.
    /// </summary>
    /// <param name="delay">How long to wait; rounded up to whole seconds.</param>
    /// <returns>This Deny, with the delay.</returns>
    /// <exception cref="InvalidOperationException">The result is not a Deny: nothing else is answered with a status.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is not more than zero, or more than a day.</exception>
    public AdmissionResult WithRetryAfter(TimeSpan delay)
    {
        if (Decision != AdmissionDecision.Deny)
        {
            throw new InvalidOperationException($"Only a Deny can say when to try again, and this is {Decision}.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, TimeSpan.FromDays(1));
        return new(Decision, Message) { Code = Code, Reason = Reason, Causes = Causes, RetryAfter = delay };
    }

    /// <summary>Lets <c>return AdmissionResult.Allow();</c> stand in a handler that is not <see langword="async"/>.</summary>
    /// <param name="result">The result.</param>
    public static implicit operator ValueTask<AdmissionResult>(AdmissionResult result) => ValueTask.FromResult(result);

    /// <summary>Wraps this result in a completed task.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask<AdmissionResult> ToValueTask() => ValueTask.FromResult(this);

    private static AdmissionResult Refuse(string message, int code, string? reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 599);
        return new(AdmissionDecision.Deny, message) { Code = code, Reason = reason };
    }
}

using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>What lives as long as one user request: its virtual time, warnings, annotations, trace and reinvocation state.</summary>
internal sealed class RequestScope(TimeSpan? budget, CancellationToken cancellationToken)
{
    public WarningRecorder Warnings { get; } = new();

    public AuditRecorder Audit { get; } = new();

    public List<WebhookCall> Trace { get; } = [];

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Virtual time since the request began. All webhooks of all phases share it (contract 8.1).</summary>
    public TimeSpan Elapsed { get; set; }

    public TimeSpan Remaining => budget is { } limit ? limit - Elapsed : TimeSpan.MaxValue;

    public bool TimedOut => Remaining <= TimeSpan.Zero;

    public WebhookCall Record(WebhookDefinition webhook, int round)
    {
        var call = new WebhookCall(webhook.Name, webhook.Configuration, webhook.Mutating ? WebhookType.Mutating : WebhookType.Validating, round);
        Trace.Add(call);
        return call;
    }

    /// <summary>Ends the request when its time is over. The handler's own answer reaches the user, not the plugin's (contract 8.3).</summary>
    /// <exception cref="ApiStatusException">Always, when the time is over: 504.</exception>
    public void ThrowIfTimedOut()
    {
        if (TimedOut)
        {
            throw Statuses.Timeout("request did not complete within requested timeout - context deadline exceeded");
        }
    }
}

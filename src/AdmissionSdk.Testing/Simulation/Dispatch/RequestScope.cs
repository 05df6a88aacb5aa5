using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>The state of one user request: virtual time, warnings, annotations, trace and reinvocation.</summary>
internal sealed class RequestScope(RequestLimit timeLimit, CancellationToken cancellationToken)
{
    public WarningRecorder Warnings { get; } = new();

    public AuditRecorder Audit { get; } = new();

    public List<WebhookCall> Trace { get; } = [];

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The virtual time since the request began, shared by all webhooks of all phases (contract 8.1).</summary>
    public TimeSpan Elapsed { get; set; }

    public TimeSpan Remaining => timeLimit.Time is { } time ? time - Elapsed : TimeSpan.MaxValue;

    public bool TimedOut => Remaining <= TimeSpan.Zero;

    public WebhookCall Record(WebhookDefinition webhook, int round)
    {
        var call = new WebhookCall(webhook.Name, webhook.Configuration, webhook.Mutating ? WebhookType.Mutating : WebhookType.Validating, round);
        Trace.Add(call);
        return call;
    }

    /// <summary>Ends the request if its time is over. The user gets the server's own response, not the plugin's (contract 8.3).</summary>
    /// <exception cref="ApiStatusException">The time is over: 504.</exception>
    public void ThrowIfTimedOut()
    {
        if (TimedOut)
        {
            throw timeLimit.Exceeded();
        }
    }
}

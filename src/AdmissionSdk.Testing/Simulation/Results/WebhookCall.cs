using System.Diagnostics;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>What happened to one webhook in one round of one request.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class WebhookCall
{
    internal WebhookCall(string webhook, string configuration, WebhookType type, int round)
    {
        Webhook = webhook;
        Configuration = configuration;
        Type = type;
        Round = round;
    }

    /// <summary>The webhook's name.</summary>
    public string Webhook { get; }

    /// <summary>The name of its configuration.</summary>
    public string Configuration { get; }

    /// <summary>The kind of webhook: mutating or validating.</summary>
    public WebhookType Type { get; }

    /// <summary>0 for the first pass, 1 for a reinvocation.</summary>
    public int Round { get; }

    /// <summary>What became of it.</summary>
    public WebhookOutcome Outcome { get; internal set; }

    /// <summary>Why it was skipped, denied or failed; null when it allowed the request.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The uid of the review, new for every call; null when it was not called.</summary>
    public string? Uid { get; internal set; }

    /// <summary>HTTP exchanges: 0 when not called, more than 1 when the API server tried again after <c>Retry-After</c>.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The virtual time the call took, declared with <see cref="SimulatedApiServer.SetLatency"/>. 0 by default.</summary>
    public TimeSpan Latency { get; internal set; }

    /// <summary>Whether its patch changed the object. A patch without effect does not count.</summary>
    public bool IsPatched { get; internal set; }

    /// <summary>The patch it sent, as JSON; null when there was none.</summary>
    public string? Patch { get; internal set; }

    /// <summary>The review that was sent, byte for byte; null when it was not called.</summary>
    public string? Review { get; internal set; }

    /// <summary>The body that came back; null when there was none.</summary>
    public string? Response { get; internal set; }

    /// <summary>Whether an HTTP call was made.</summary>
    public bool WasCalled => Attempts > 0;

    /// <summary>One line for a failure message.</summary>
    /// <returns>Phase, round, webhook, outcome and reason.</returns>
    public override string ToString() =>
        $"{(Type == WebhookType.Mutating ? "mutating" : "validating")}[{Round}] {Configuration}/{Webhook}: {Outcome}{(IsPatched ? ", patched" : "")}{(Reason is null ? "" : $" ({Reason})")}";
}

using System.Diagnostics;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>The trace of one webhook in one round of one request.</summary>
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

    /// <summary>The name of the webhook's configuration.</summary>
    public string Configuration { get; }

    /// <summary>The kind of webhook: mutating or validating.</summary>
    public WebhookType Type { get; }

    /// <summary>0 for the first pass, 1 for a reinvocation.</summary>
    public int Round { get; }

    /// <summary>The outcome.</summary>
    public WebhookOutcome Outcome { get; internal set; }

    /// <summary>The reason of a skip, denial or failure; null if the webhook allowed the request.</summary>
    public string? Reason { get; internal set; }

    /// <summary>The uid of the review, new for every call; null without a call.</summary>
    public string? Uid { get; internal set; }

    /// <summary>The number of HTTP exchanges: 0 without a call, more than 1 if the API server tried again after <c>Retry-After</c>.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The virtual time of the call, declared with <see cref="SimulatedApiServer.SetLatency"/>. 0 by default.</summary>
    public TimeSpan Latency { get; internal set; }

    /// <summary>True if the webhook's patch changed the object. A patch without effect does not count.</summary>
    public bool IsPatched { get; internal set; }

    /// <summary>The webhook's patch, as JSON; null without a patch.</summary>
    public string? Patch { get; internal set; }

    /// <summary>The review that was sent, byte for byte; null without a call.</summary>
    public string? Review { get; internal set; }

    /// <summary>The body of the response; null without a body.</summary>
    public string? Response { get; internal set; }

    /// <summary>True if the webhook was called over HTTP.</summary>
    public bool WasCalled => Attempts > 0;

    /// <summary>Describes the call in one line, for a failure message.</summary>
    /// <returns>Phase, round, webhook, outcome and reason.</returns>
    public override string ToString() =>
        $"{(Type == WebhookType.Mutating ? "mutating" : "validating")}[{Round}] {Configuration}/{Webhook}: {Outcome}{(IsPatched ? ", patched" : "")}{(Reason is null ? "" : $" ({Reason})")}";
}

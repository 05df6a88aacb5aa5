namespace AdmissionSdk.Registration;

/// <summary>All webhooks of the application, checked. Everything that is generated or served comes from here.</summary>
public sealed class WebhookRegistry
{
    // Beside the reviews: the server's connections, and other services that the application stops.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    internal WebhookRegistry(IReadOnlyList<WebhookDescriptor> webhooks, AdmissionWebhookOptions options) => (Webhooks, Options) = (webhooks, options);

    /// <summary>The webhooks, in the order in which they were added.</summary>
    public IReadOnlyList<WebhookDescriptor> Webhooks { get; }

    /// <summary>
    /// The time that the application may take from SIGTERM to its end: the drain delay, the longest timeout of a webhook, and 10 seconds for all else.
    /// The pod's <c>terminationGracePeriodSeconds</c> must be at least that.
    /// </summary>
    public TimeSpan GracePeriod => GracePeriodFor(Webhooks.Select(webhook => webhook.RegisteredTimeout).DefaultIfEmpty(TimeSpan.Zero).Max());

    internal AdmissionWebhookOptions Options { get; }

    /// <summary>Judges match conditions; null without a CEL compiler, when only their names and shape are checked.</summary>
    internal IConditionJudge? ConditionJudge { get; set; }

    internal TimeSpan GracePeriodFor(TimeSpan longestTimeout) => Options.DrainDelay + longestTimeout + TimeToStop;
}

using AdmissionSdk.Registration;

namespace AdmissionSdk.Model;

/// <summary>How a webhook answers now: the settings of the code under those of the configuration at this moment.</summary>
/// <param name="Name">The webhook's name.</param>
/// <param name="Values">The settings in force; each that has a default is set.</param>
internal sealed record EffectiveSettings(string Name, WebhookSettings Values)
{
    public TimeSpan Timeout => Values.Timeout!.Value;

    public ErrorPolicy OnError => Values.OnError!.Value;

    public UndecodablePolicy OnUndecodable => Values.OnUndecodable!.Value;

    public TooLargePolicy OnTooLarge => Values.OnTooLarge!.Value;

    public UnmatchedPolicy OnUnmatched => Values.OnUnmatched!.Value;

    public EnforcementMode Mode => Values.Mode!.Value;

    public int MaxConcurrentReviews => Values.MaxConcurrentReviews!.Value;

    // Settings that a running application does not follow stay the code's, so that a change of theirs is not taken for one of these.
    public static EffectiveSettings Of(WebhookDescriptor webhook, WebhookSettings? configured = null) =>
        new(webhook.Name, configured is null ? webhook.Code : configured.Live.Over(webhook.Code));
}

using AdmissionSdk.Configuration;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Model;

/// <summary>How a webhook answers now: what was registered, under what the configuration says at this moment.</summary>
internal sealed record EffectiveSettings
{
    /// <summary>The most slots a webhook can have: each may be a blocked thread.</summary>
    public const int MostConcurrentReviews = 10_000;

    public required string Name { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required ErrorPolicy OnError { get; init; }

    public required UndecodablePolicy OnUndecodable { get; init; }

    public required UnmatchedPolicy OnUnmatched { get; init; }

    public required EnforcementMode Mode { get; init; }

    public required int MaxConcurrentReviews { get; init; }

    public static EffectiveSettings Of(WebhookDescriptor webhook, WebhookSettings? configured = null) => new()
    {
        Name = webhook.Name,
        Timeout = configured?.Timeout ?? webhook.Timeout,
        OnError = configured?.OnError ?? webhook.OnError,
        OnUndecodable = webhook.OnUndecodable,
        OnUnmatched = webhook.OnUnmatched,
        Mode = configured?.Mode ?? webhook.Mode,
        MaxConcurrentReviews = configured?.MaxConcurrentReviews ?? webhook.MaxConcurrentReviews,
    };
}

using System.Diagnostics.Metrics;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Observability;

/// <summary>Counts the policy's decisions. Label values are names of rules and outcomes, never text of a pod's author.</summary>
internal sealed class WebhookMetrics
{
    public const string MeterName = "ImageRegistryWebhook";
    public const string Images = "image_registry.images";
    public const string PolicyReloads = "image_registry.policy.reloads";

    private readonly Counter<long> _images;
    private readonly Counter<long> _reloads;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _images = meter.CreateCounter<long>(Images, "{image}", "Decisions about images, by webhook, rule and outcome.");
        _reloads = meter.CreateCounter<long>(PolicyReloads, "{reload}", "Changes of the policy file, by outcome: loaded, or invalid with the previous policy still in force.");
    }

    /// <summary>Counts a decision.</summary>
    /// <param name="webhook">The webhook's name.</param>
    /// <param name="rule">The rule that decided.</param>
    /// <param name="action">The decision.</param>
    public void Decided(string webhook, string rule, ImageAction action) =>
        _images.Add(1, new("webhook", webhook), new("rule", rule), new("outcome", Name(action)));

    public void Reloaded(bool valid) => _reloads.Add(1, new KeyValuePair<string, object?>("outcome", valid ? "loaded" : "invalid"));

    private static string Name(ImageAction action) => action switch
    {
        ImageAction.Allow => "allow",
        ImageAction.Warn => "warn",
        ImageAction.Rewrite => "rewrite",
        ImageAction.Deny => "deny",
        _ => "unknown",
    };
}

using System.Diagnostics.Metrics;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Observability;

/// <summary>Counts what the policy decides. Labels are the names of rules and outcomes, never what a pod's author wrote.</summary>
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
        _images = meter.CreateCounter<long>(Images, "{image}", "Images that were decided about, by webhook, rule and outcome.");
        _reloads = meter.CreateCounter<long>(PolicyReloads, "{reload}", "Changes of the policy file, by outcome: loaded, or invalid and the policy before stays.");
    }

    /// <param name="webhook">The webhook's name.</param>
    /// <param name="rule">The rule that decided.</param>
    /// <param name="action">What it decided.</param>
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

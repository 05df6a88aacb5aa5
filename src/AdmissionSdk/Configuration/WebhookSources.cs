using AdmissionSdk.Model;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>Where a webhook's settings come from beside its builder, and where problems go, so that all are told at once.</summary>
internal sealed record WebhookSources(AdmissionWebhookOptions Options, IConfiguration? Configuration, ICollection<string> Problems)
{
    public ClusterSettings Configured(string webhook, WebhookType type) =>
        Configuration is null
            ? new ClusterSettings()
            : new ConfiguredSettings(Configuration.GetSection($"{ConfiguredSettings.SectionName}:{webhook}"), Problems).Read(type);
}

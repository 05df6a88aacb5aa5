using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>Reads the whole section <c>AdmissionWebhooks</c>, in the same way before the start and when it changes.</summary>
internal sealed class ConfiguredWebhooks(IEnumerable<IConfigurationCheck> checks, IConfiguration? configuration = null)
{
    /// <summary>The problems of everything but single webhooks.</summary>
    public IReadOnlyList<string> FindProblems() => [.. checks.SelectMany(check => check.Find()).Distinct()];

    /// <summary>Reads the settings of single webhooks.</summary>
    public IReadOnlyList<WebhookSettings> Read(IReadOnlyCollection<(string Name, WebhookType Type)> webhooks, ICollection<string> problems) =>
        WebhookSections.Read(configuration, webhooks, problems);

    /// <summary>Reads the settings that are in force now, and every problem there is.</summary>
    public (IReadOnlyList<EffectiveSettings> Settings, IReadOnlyList<string> Problems) ReadNow(IReadOnlyCollection<WebhookDescriptor> webhooks)
    {
        List<string> problems = [.. FindProblems()];
        var configured = Read([.. webhooks.Select(webhook => (webhook.Name, webhook.Type))], problems);
        return ([.. webhooks.Zip(configured, EffectiveSettings.Of)], problems);
    }
}

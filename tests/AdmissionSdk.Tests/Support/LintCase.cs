using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Tests.Support;

/// <summary>Webhooks that a rule must find, and similar webhooks that the rule must leave alone.</summary>
internal sealed record LintCase(
    Action<AdmissionWebhooksBuilder> Bad, Action<AdmissionWebhooksBuilder> Good, ManifestOptions? BadTarget = null, ManifestOptions? GoodTarget = null)
{
    /// <summary>The judge of match conditions; null for none, as without a CEL compiler.</summary>
    public IConditionJudge? Judge { get; init; }

    public WebhookRegistry Create(Action<AdmissionWebhooksBuilder> webhooks)
    {
        var registry = TestRegistry.Create(webhooks);
        registry.ConditionJudge = Judge;
        return registry;
    }
}

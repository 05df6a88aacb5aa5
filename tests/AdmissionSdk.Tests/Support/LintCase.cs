using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Tests.Support;

/// <summary>Webhooks that a rule must find, and similar webhooks that the rule must leave alone.</summary>
internal sealed record LintCase(
    Action<AdmissionWebhooksBuilder> Bad, Action<AdmissionWebhooksBuilder> Good, ManifestOptions? BadTarget = null, ManifestOptions? GoodTarget = null);

using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Tests.Support;

/// <summary>Webhooks that a rule must find, and the like of them that it must leave alone.</summary>
internal sealed record LintCase(
    Action<AdmissionWebhooksBuilder> Bad, Action<AdmissionWebhooksBuilder> Good, ManifestOptions? BadTarget = null, ManifestOptions? GoodTarget = null);

using System.Text.Json;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>The input of rules.</summary>
internal sealed record LintContext(IReadOnlyList<WebhookDescriptor> Webhooks, ManifestOptions Target, JsonSerializerOptions Json)
{
    public IEnumerable<WebhookDescriptor> Mutating => Webhooks.Where(webhook => webhook.Type == WebhookType.Mutating);

    public IEnumerable<WebhookDescriptor> Validating => Webhooks.Where(webhook => webhook.Type == WebhookType.Validating);

    /// <summary>The webhooks that stop the requests they match when no replica responds.</summary>
    public IEnumerable<WebhookDescriptor> Closed => Webhooks.Where(webhook => webhook.FailurePolicy == FailurePolicy.Fail);
}

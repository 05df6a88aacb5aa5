using System.Text.Json;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>The input of rules.</summary>
internal sealed record LintContext(IReadOnlyList<WebhookDescriptor> Webhooks, ManifestOptions Target, JsonSerializerOptions Json)
{
    private static readonly Version KeepsAccessReviews = new(1, 37);

    /// <summary>Judges match conditions; null without a CEL compiler.</summary>
    public IConditionJudge? Judge { get; init; }

    /// <summary>The flaws of match conditions of a kind, by webhook; none without a CEL compiler.</summary>
    public IEnumerable<(string? Webhook, string Message)> Flaws(ConditionFlawKind kind) =>
        from webhook in Webhooks
        where webhook.MatchConditions.Count > 0
        from flaw in Judge?.Judge(webhook, Target.KubeVersion) ?? []
        where flaw.Kind == kind
        select ((string?)webhook.Name, $"its match condition {flaw.Message}.");

    /// <summary>True if the API server sends checks of access and identity to webhooks, as before 1.37 (contract 1.6).</summary>
    public bool SendsAccessReviews => Target.KubeVersion < KeepsAccessReviews;

    public IEnumerable<WebhookDescriptor> Mutating => Webhooks.Where(webhook => webhook.Type == WebhookType.Mutating);

    public IEnumerable<WebhookDescriptor> Validating => Webhooks.Where(webhook => webhook.Type == WebhookType.Validating);

    /// <summary>The webhooks that stop the requests they match when no replica responds.</summary>
    public IEnumerable<WebhookDescriptor> Closed => Webhooks.Where(webhook => webhook.FailurePolicy == FailurePolicy.Fail);
}

using System.Text.Json;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>The input of rules.</summary>
internal sealed class LintContext(IReadOnlyList<WebhookDescriptor> webhooks, ManifestOptions target, JsonSerializerOptions json)
{
    private static readonly Version KeepsAccessReviews = new(1, 37);
    private List<(string Webhook, ConditionFlaw Flaw)>? _flaws;

    public IReadOnlyList<WebhookDescriptor> Webhooks { get; } = webhooks;

    public ManifestOptions Target { get; } = target;

    public JsonSerializerOptions Json { get; } = json;

    /// <summary>Judges match conditions; null without a CEL compiler.</summary>
    public IConditionJudge? Judge { get; init; }

    /// <summary>The flaws of match conditions of a kind, by webhook; none without a CEL compiler.</summary>
    public IEnumerable<(string? Webhook, string Message)> Flaws(ConditionFlawKind kind)
    {
        // Compiled once for all rules.
        _flaws ??= [.. Webhooks.Where(webhook => webhook.MatchConditions.Count > 0)
            .SelectMany(webhook => Judge?.Judge(webhook, Target.KubeVersion) ?? [], (webhook, flaw) => (webhook.Name, flaw))];
        return _flaws.Where(item => item.Flaw.Kind == kind).Select(item => ((string?)item.Webhook, $"its match condition {item.Flaw.Message}."));
    }

    /// <summary>True if the API server sends checks of access and identity to webhooks, as before 1.37 (contract 1.6).</summary>
    public bool SendsAccessReviews => Target.KubeVersion < KeepsAccessReviews;

    public IEnumerable<WebhookDescriptor> Mutating => Webhooks.Where(webhook => webhook.Type == WebhookType.Mutating);

    public IEnumerable<WebhookDescriptor> Validating => Webhooks.Where(webhook => webhook.Type == WebhookType.Validating);

    /// <summary>The webhooks that stop the requests they match when no replica responds.</summary>
    public IEnumerable<WebhookDescriptor> Closed => Webhooks.Where(webhook => webhook.FailurePolicy == FailurePolicy.Fail);
}

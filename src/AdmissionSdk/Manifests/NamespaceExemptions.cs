using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>
/// Keeps webhooks away from the namespaces without which they, or the cluster, could not come back (contract 20.2). By the label that API
/// servers from 1.21 on set on every namespace; older API servers lack the label, so that nothing is exempt, which the linter finds.
/// </summary>
internal static class NamespaceExemptions
{
    public const string NameLabel = "kubernetes.io/metadata.name";
    public const string SystemNamespace = "kube-system";

    public static V1LabelSelector? AddTo(WebhookDescriptor webhook, ManifestOptions options)
    {
        // Not sorted with the others: a chart is written before the name of its namespace is known.
        var own = webhook.HasDefaultExemptions ? new[] { options.Namespace, SystemNamespace } : [];
        string[] exempt = [.. own.Concat(webhook.ExemptNamespaces.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)];
        if (exempt.Length == 0)
        {
            return LabelSelectorCopy.Of(webhook.NamespaceSelector);
        }

        var requirement = new V1LabelSelectorRequirement { Key = NameLabel, OperatorProperty = "NotIn", Values = exempt };
        var selector = LabelSelectorCopy.Of(webhook.NamespaceSelector) ?? new V1LabelSelector();
        selector.MatchExpressions = [.. selector.MatchExpressions ?? [], requirement];
        return selector;
    }
}

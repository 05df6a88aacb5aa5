using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>Reads and writes the selectors of a configuration of either kind.</summary>
internal static class WebhookSelectors
{
    public const string Namespaces = "namespaceSelector";
    public const string Objects = "objectSelector";

    /// <summary>Every selector of every webhook, with a way to replace it.</summary>
    public static IEnumerable<(string Webhook, string Name, V1LabelSelector? Selector, Action<V1LabelSelector> Set)> Read(IKubernetesObject<V1ObjectMeta>? configuration) => configuration switch
    {
        V1MutatingWebhookConfiguration mutating => (mutating.Webhooks ?? []).SelectMany(webhook => new (string, string, V1LabelSelector?, Action<V1LabelSelector>)[]
        {
            (webhook.Name, Namespaces, webhook.NamespaceSelector, selector => webhook.NamespaceSelector = selector),
            (webhook.Name, Objects, webhook.ObjectSelector, selector => webhook.ObjectSelector = selector),
        }),
        V1ValidatingWebhookConfiguration validating => (validating.Webhooks ?? []).SelectMany(webhook => new (string, string, V1LabelSelector?, Action<V1LabelSelector>)[]
        {
            (webhook.Name, Namespaces, webhook.NamespaceSelector, selector => webhook.NamespaceSelector = selector),
            (webhook.Name, Objects, webhook.ObjectSelector, selector => webhook.ObjectSelector = selector),
        }),
        _ => [],
    };
}

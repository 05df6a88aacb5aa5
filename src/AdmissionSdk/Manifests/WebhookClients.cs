using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>The addresses of a configuration's webhooks, of both types alike.</summary>
internal static class WebhookClients
{
    public static IEnumerable<(string Name, Admissionregistrationv1WebhookClientConfig? Client)> Read(IKubernetesObject<V1ObjectMeta>? configuration) => configuration switch
    {
        V1MutatingWebhookConfiguration mutating => (mutating.Webhooks ?? []).Select(webhook => (webhook.Name, webhook.ClientConfig ?? null)),
        V1ValidatingWebhookConfiguration validating => (validating.Webhooks ?? []).Select(webhook => (webhook.Name, webhook.ClientConfig ?? null)),
        _ => [],
    };
}

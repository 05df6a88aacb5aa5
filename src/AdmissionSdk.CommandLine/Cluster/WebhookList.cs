using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Reads the webhooks of a configuration of either kind.</summary>
internal static class WebhookList
{
    public static IEnumerable<(string Name, string? FailurePolicy, Admissionregistrationv1WebhookClientConfig? ClientConfig)> Read(IKubernetesObject<V1ObjectMeta>? configuration) => configuration switch
    {
        V1MutatingWebhookConfiguration mutating => (mutating.Webhooks ?? []).Select(webhook => (webhook.Name, (string?)webhook.FailurePolicy, (Admissionregistrationv1WebhookClientConfig?)webhook.ClientConfig)),
        V1ValidatingWebhookConfiguration validating => (validating.Webhooks ?? []).Select(webhook => (webhook.Name, (string?)webhook.FailurePolicy, (Admissionregistrationv1WebhookClientConfig?)webhook.ClientConfig)),
        _ => [],
    };
}

using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Refuses a configuration that would be an outage: no public CA issues certificates for a Service, so every call without a CA bundle fails.</summary>
internal static class CaBundles
{
    private const string Injection = "cert-manager.io/inject-ca-from";

    public static void Check(IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta>? live, string remedy)
    {
        if (configuration.Metadata.Annotations?.ContainsKey(Injection) == true)
        {
            return;
        }

        var filled = WebhookList.Read(live).Where(webhook => webhook.ClientConfig?.CaBundle is { Length: > 0 }).Select(webhook => webhook.Name).ToHashSet(StringComparer.Ordinal);
        if (WebhookList.Read(configuration).FirstOrDefault(webhook => WouldFail(webhook.FailurePolicy, webhook.ClientConfig) && !filled.Contains(webhook.Name)) is { Name: { } name })
        {
            throw new CommandException($"{name} fails closed, and the API server has no CA bundle to trust the webhook, so every matching request would be refused: {remedy}.");
        }
    }

    private static bool WouldFail(string? failurePolicy, Admissionregistrationv1WebhookClientConfig? client) =>
        failurePolicy != nameof(FailurePolicy.Ignore) && client is { Service: not null, CaBundle: null };
}

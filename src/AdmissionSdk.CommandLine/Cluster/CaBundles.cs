using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Refuses to start an outage: no public CA issues certificates for a Service, so without a CA bundle every call of a webhook behind one fails.</summary>
internal static class CaBundles
{
    private const string Injection = "cert-manager.io/inject-ca-from";

    public static void Check(IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta>? live)
    {
        if (configuration.Metadata.Annotations?.ContainsKey(Injection) == true)
        {
            return;
        }

        var filled = WebhookList.Of(live).Where(webhook => webhook.ClientConfig?.CaBundle is { Length: > 0 }).Select(webhook => webhook.Name).ToHashSet(StringComparer.Ordinal);
        if (WebhookList.Of(configuration).FirstOrDefault(webhook => IsLost(webhook.FailurePolicy, webhook.ClientConfig) && !filled.Contains(webhook.Name)) is { Name: { } name })
        {
            throw new CommandException($"{name} fails closed, and nothing gives the API server a CA to trust it by, so it would refuse all it matches: pass --ca-file FILE, or --certificates certManager.");
        }
    }

    private static bool IsLost(string? failurePolicy, Admissionregistrationv1WebhookClientConfig? client) =>
        failurePolicy != nameof(FailurePolicy.Ignore) && client is { Service: not null, CaBundle: null };
}

using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Reads from managedFields what an earlier apply of ours set.</summary>
internal static class OwnedFields
{
    /// <summary>Whether we set a webhook's CA bundle.</summary>
    public static bool HasCaBundle(IKubernetesObject<V1ObjectMeta> live, string webhook) =>
        (live.Metadata.ManagedFields ?? [])
            .Where(entry => entry.Manager == ClusterConfigurations.FieldManager && entry.FieldsV1 is not null)
            .Select(entry => JsonNode.Parse(KubernetesJson.Serialize(entry.FieldsV1))?["f:webhooks"] as JsonObject)
            .SelectMany(webhooks => webhooks ?? [])
            .Any(item => item.Key.StartsWith("k:", StringComparison.Ordinal)
                && (string?)JsonNode.Parse(item.Key[2..])?["name"] == webhook
                && item.Value?["f:clientConfig"]?["f:caBundle"] is not null);
}

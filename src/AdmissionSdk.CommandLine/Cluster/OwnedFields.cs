using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Reads the fields that an earlier apply of ours set from managedFields.</summary>
internal static class OwnedFields
{
    /// <summary>True if an earlier apply set a webhook's CA bundle.</summary>
    public static bool HasCaBundle(IKubernetesObject<V1ObjectMeta> live, string webhook) =>
        Webhooks(live).Any(item => item.Name == webhook && item.Fields?["f:clientConfig"]?["f:caBundle"] is not null);

    /// <summary>Reads the names of the webhooks that an earlier apply added.</summary>
    public static IReadOnlySet<string> WebhookNames(IKubernetesObject<V1ObjectMeta> live) =>
        Webhooks(live).Where(item => item.Fields?["f:name"] is not null).Select(item => item.Name).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<(string Name, JsonNode? Fields)> Webhooks(IKubernetesObject<V1ObjectMeta> live) =>
        from entry in live.Metadata.ManagedFields ?? []
        where entry.Manager == ClusterConfigurations.FieldManager && entry.FieldsV1 is not null
        from item in JsonNode.Parse(KubernetesJson.Serialize(entry.FieldsV1))?["f:webhooks"] as JsonObject ?? []
        where item.Key.StartsWith("k:", StringComparison.Ordinal)
        let name = (string?)JsonNode.Parse(item.Key[2..])?["name"]
        where name is not null
        select (name, item.Value);
}

using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace AdmissionSdk.Patching;

/// <summary>The patch merge keys that Kubernetes publishes for the lists of its built-in kinds, by element type; and those that users name.</summary>
internal static class MergeKeys
{
    private static readonly Dictionary<Type, string> ByElement = new()
    {
        [typeof(V1Container)] = "name",
        [typeof(V1EphemeralContainer)] = "name",
        [typeof(V1EnvVar)] = "name",
        [typeof(V1ContainerPort)] = "containerPort",
        [typeof(V1Volume)] = "name",
        [typeof(V1VolumeMount)] = "mountPath",
        [typeof(V1VolumeDevice)] = "devicePath",
        [typeof(V1LocalObjectReference)] = "name",
        [typeof(V1ObjectReference)] = "name",
        [typeof(V1HostAlias)] = "ip",
        [typeof(V1HostIP)] = "ip",
        [typeof(V1PodIP)] = "ip",
        [typeof(V1OwnerReference)] = "uid",
        [typeof(V1PodResourceClaim)] = "name",
        [typeof(V1PodSchedulingGate)] = "name",
        [typeof(V1TopologySpreadConstraint)] = "topologyKey",
        [typeof(V1ServicePort)] = "port",
        [typeof(V1Taint)] = "key",
        [typeof(V1NodeAddress)] = "type",
        [typeof(V1MutatingWebhook)] = "name",
        [typeof(V1ValidatingWebhook)] = "name",
        [typeof(V1MatchCondition)] = "name",
        [typeof(V1PodCondition)] = "type",
        [typeof(V1NodeCondition)] = "type",
        [typeof(V1DeploymentCondition)] = "type",
        [typeof(V1ReplicaSetCondition)] = "type",
        [typeof(V1StatefulSetCondition)] = "type",
        [typeof(V1DaemonSetCondition)] = "type",
        [typeof(V1JobCondition)] = "type",
        [typeof(V1NamespaceCondition)] = "type",
        [typeof(V1PersistentVolumeClaimCondition)] = "type",
        [typeof(V1ReplicationControllerCondition)] = "type",
    };

    /// <summary>The merge key of a list member, or null.</summary>
    public static string? Of(JsonPropertyInfo property, Type? elementType) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(PatchMergeKeyAttribute), inherit: true).FirstOrDefault() is PatchMergeKeyAttribute attribute
            ? attribute.Name
            : elementType is not null ? ByElement.GetValueOrDefault(elementType) : null;
}

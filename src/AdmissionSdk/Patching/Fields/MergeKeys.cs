using System.Reflection;
using k8s.Models;

namespace AdmissionSdk.Patching.Fields;

/// <summary>The patch merge keys that Kubernetes publishes for the lists of its built-in kinds, by element type; and those that users name.</summary>
internal static class MergeKeys
{
    // By element, since no type of element has two keys. Some come from list-type markers instead: ResourceClaim, and the conditions of kinds that are stored as custom resources.
    private static readonly Dictionary<Type, string> ByElement = new()
    {
        [typeof(Corev1ResourceClaim)] = "name",
        [typeof(V1APIServiceCondition)] = "type",
        [typeof(V1CSINodeDriver)] = "name",
        [typeof(V1CertificateSigningRequestCondition)] = "type",
        [typeof(V1ComponentCondition)] = "type",
        [typeof(V1Condition)] = "type",
        [typeof(V1Container)] = "name",
        [typeof(V1ContainerPort)] = "containerPort",
        [typeof(V1CustomResourceDefinitionCondition)] = "type",
        [typeof(V1DaemonSetCondition)] = "type",
        [typeof(V1DeploymentCondition)] = "type",
        [typeof(V1EnvVar)] = "name",
        [typeof(V1EphemeralContainer)] = "name",
        [typeof(V1EvictionResponder)] = "name",
        [typeof(V1FlowSchemaCondition)] = "type",
        [typeof(V1HostAlias)] = "ip",
        [typeof(V1HostIP)] = "ip",
        [typeof(V1JobCondition)] = "type",
        [typeof(V1LocalObjectReference)] = "name",
        [typeof(V1MatchCondition)] = "name",
        [typeof(V1MutatingWebhook)] = "name",
        [typeof(V1NamespaceCondition)] = "type",
        [typeof(V1NodeAddress)] = "type",
        [typeof(V1NodeAllocatableMappedResources)] = "name",
        [typeof(V1NodeAllocatableResourceClaimStatus)] = "resourceClaimName",
        [typeof(V1NodeCondition)] = "type",
        [typeof(V1ObjectReference)] = "name",
        [typeof(V1OwnerReference)] = "uid",
        [typeof(V1PersistentVolumeClaimCondition)] = "type",
        [typeof(V1PodCondition)] = "type",
        [typeof(V1PodIP)] = "ip",
        [typeof(V1PodResourceClaim)] = "name",
        [typeof(V1PodResourceClaimStatus)] = "name",
        [typeof(V1PodSchedulingGate)] = "name",
        [typeof(V1PriorityLevelConfigurationCondition)] = "type",
        [typeof(V1ReplicaSetCondition)] = "type",
        [typeof(V1ReplicationControllerCondition)] = "type",
        [typeof(V1ResourceClaimConsumerReference)] = "uid",
        [typeof(V1ResourceStatus)] = "name",
        [typeof(V1ServicePort)] = "port",
        [typeof(V1StatefulSetCondition)] = "type",
        [typeof(V1StorageHealth)] = "name",
        [typeof(V1Taint)] = "key",
        [typeof(V1TopologySpreadConstraint)] = "topologyKey",
        [typeof(V1ValidatingWebhook)] = "name",
        [typeof(V1Variable)] = "name",
        [typeof(V1Volume)] = "name",
        [typeof(V1VolumeDevice)] = "devicePath",
        [typeof(V1VolumeHealthCondition)] = "status",
        [typeof(V1VolumeMount)] = "mountPath",
        [typeof(V1VolumeMountStatus)] = "mountPath",
        [typeof(V2HorizontalPodAutoscalerCondition)] = "type",
    };

    // The merge keys that do not tell elements apart alone (the list-map keys of the same lists have two members).
    private static readonly Dictionary<Type, ElementKey> WithCompanion = new()
    {
        [typeof(V1ContainerPort)] = new("containerPort", "protocol", "TCP"),
        [typeof(V1NodeAddress)] = new("type", "address"),
        [typeof(V1ServicePort)] = new("port", "protocol", "TCP"),
        [typeof(V1TopologySpreadConstraint)] = new("topologyKey", "whenUnsatisfiable"),
    };

    /// <summary>What tells the elements of a list member apart, or null.</summary>
    public static ElementKey? KeyOf(ICustomAttributeProvider? member, Type elementType) =>
        Of(member, elementType) is not { } name ? null
        : WithCompanion.TryGetValue(elementType, out var key) && key.Name == name ? key
        : new ElementKey(name);

    /// <summary>The merge key of a list member, or null.</summary>
    public static string? Of(ICustomAttributeProvider? member, Type? elementType) =>
        member?.GetCustomAttributes(typeof(PatchMergeKeyAttribute), inherit: true).FirstOrDefault() is PatchMergeKeyAttribute attribute
            ? attribute.Name
            : elementType is not null ? ByElement.GetValueOrDefault(elementType) : null;
}

using System.Reflection;
using k8s.Models;

namespace AdmissionSdk.Patching.Fields;

/// <summary>The patch merge keys that Kubernetes publishes for the lists of its built-in kinds, by element type, and the ones that users name.</summary>
internal static class MergeKeys
{
    // No element type has two keys. Some come from list-type markers: ResourceClaim, and the conditions of kinds that are stored as custom resources.
    private static readonly Dictionary<string, Type[]> ByName = new()
    {
        ["name"] =
        [
            typeof(Corev1ResourceClaim), typeof(V1CSINodeDriver), typeof(V1Container), typeof(V1EnvVar), typeof(V1EphemeralContainer),
            typeof(V1EvictionResponder), typeof(V1LocalObjectReference), typeof(V1MatchCondition), typeof(V1MutatingWebhook),
            typeof(V1NodeAllocatableMappedResources), typeof(V1ObjectReference), typeof(V1PodResourceClaim), typeof(V1PodResourceClaimStatus),
            typeof(V1PodSchedulingGate), typeof(V1ResourceStatus), typeof(V1StorageHealth), typeof(V1ValidatingWebhook), typeof(V1Variable),
            typeof(V1Volume),
        ],
        ["type"] =
        [
            typeof(V1APIServiceCondition), typeof(V1CertificateSigningRequestCondition), typeof(V1ComponentCondition), typeof(V1Condition),
            typeof(V1CustomResourceDefinitionCondition), typeof(V1DaemonSetCondition), typeof(V1DeploymentCondition), typeof(V1FlowSchemaCondition),
            typeof(V1JobCondition), typeof(V1NamespaceCondition), typeof(V1NodeAddress), typeof(V1NodeCondition),
            typeof(V1PersistentVolumeClaimCondition), typeof(V1PodCondition), typeof(V1PriorityLevelConfigurationCondition),
            typeof(V1ReplicaSetCondition), typeof(V1ReplicationControllerCondition), typeof(V1StatefulSetCondition),
            typeof(V2HorizontalPodAutoscalerCondition),
        ],
        ["ip"] = [typeof(V1HostAlias), typeof(V1HostIP), typeof(V1PodIP)],
        ["mountPath"] = [typeof(V1VolumeMount), typeof(V1VolumeMountStatus)],
        ["uid"] = [typeof(V1OwnerReference), typeof(V1ResourceClaimConsumerReference)],
        ["containerPort"] = [typeof(V1ContainerPort)],
        ["devicePath"] = [typeof(V1VolumeDevice)],
        ["key"] = [typeof(V1Taint)],
        ["port"] = [typeof(V1ServicePort)],
        ["resourceClaimName"] = [typeof(V1NodeAllocatableResourceClaimStatus)],
        ["status"] = [typeof(V1VolumeHealthCondition)],
        ["topologyKey"] = [typeof(V1TopologySpreadConstraint)],
    };

    private static readonly Dictionary<Type, string> ByElement =
        ByName.SelectMany(pair => pair.Value.Select(type => (type, pair.Key))).ToDictionary(entry => entry.type, entry => entry.Key);

    // The merge keys that do not tell elements apart alone (the list-map keys of the same lists have two members).
    private static readonly Dictionary<Type, ElementKey> WithCompanion = new()
    {
        [typeof(V1ContainerPort)] = new("containerPort", "protocol", "TCP"),
        [typeof(V1NodeAddress)] = new("type", "address"),
        [typeof(V1ServicePort)] = new("port", "protocol", "TCP"),
        [typeof(V1TopologySpreadConstraint)] = new("topologyKey", "whenUnsatisfiable"),
    };

    /// <summary>Finds the key of a list member, or null.</summary>
    public static ElementKey? FindKey(ICustomAttributeProvider? member, Type elementType) =>
        FindName(member, elementType) is not { } name ? null
        : WithCompanion.TryGetValue(elementType, out var key) && key.Name == name ? key
        : new ElementKey(name);

    /// <summary>Finds the merge key of a list member, or null.</summary>
    public static string? FindName(ICustomAttributeProvider? member, Type? elementType) =>
        member?.GetCustomAttributes(typeof(PatchMergeKeyAttribute), inherit: true).FirstOrDefault() is PatchMergeKeyAttribute attribute
            ? attribute.Name
            : elementType is not null ? ByElement.GetValueOrDefault(elementType) : null;
}

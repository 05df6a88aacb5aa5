using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Serialization;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The table of merge keys against the patchMergeKey tags of Kubernetes' own types (k8s.io/api, stable versions, July 2026).</summary>
/// <remarks>Covers <see cref="MergeKeys"/>, <see cref="ElementKey"/>.</remarks>
public sealed class MergeKeysTests
{
    [Theory]
    [InlineData(typeof(V1MutatingWebhook), "matchConditions", "name")]
    [InlineData(typeof(V1MutatingWebhookConfiguration), "webhooks", "name")]
    [InlineData(typeof(V1ValidatingAdmissionPolicySpec), "matchConditions", "name")]
    [InlineData(typeof(V1ValidatingAdmissionPolicySpec), "variables", "name")]
    [InlineData(typeof(V1ValidatingWebhook), "matchConditions", "name")]
    [InlineData(typeof(V1ValidatingWebhookConfiguration), "webhooks", "name")]
    [InlineData(typeof(V1DaemonSetStatus), "conditions", "type")]
    [InlineData(typeof(V1DeploymentStatus), "conditions", "type")]
    [InlineData(typeof(V1ReplicaSetStatus), "conditions", "type")]
    [InlineData(typeof(V1StatefulSetStatus), "conditions", "type")]
    [InlineData(typeof(V2HorizontalPodAutoscalerStatus), "conditions", "type")]
    [InlineData(typeof(V1JobStatus), "conditions", "type")]
    [InlineData(typeof(V1ComponentStatus), "conditions", "type")]
    [InlineData(typeof(V1Container), "env", "name")]
    [InlineData(typeof(V1Container), "ports", "containerPort")]
    [InlineData(typeof(V1Container), "volumeDevices", "devicePath")]
    [InlineData(typeof(V1Container), "volumeMounts", "mountPath")]
    [InlineData(typeof(V1ContainerStatus), "allocatedResourcesStatus", "name")]
    [InlineData(typeof(V1ContainerStatus), "volumeMounts", "mountPath")]
    [InlineData(typeof(V1EphemeralContainer), "env", "name")]
    [InlineData(typeof(V1EphemeralContainer), "ports", "containerPort")]
    [InlineData(typeof(V1EphemeralContainer), "volumeDevices", "devicePath")]
    [InlineData(typeof(V1EphemeralContainer), "volumeMounts", "mountPath")]
    [InlineData(typeof(V1NamespaceStatus), "conditions", "type")]
    [InlineData(typeof(V1NodeStatus), "addresses", "type")]
    [InlineData(typeof(V1NodeStatus), "conditions", "type")]
    [InlineData(typeof(V1ObjectMeta), "ownerReferences", "uid")]
    [InlineData(typeof(V1PersistentVolumeClaimStatus), "conditions", "type")]
    [InlineData(typeof(V1PodSpec), "containers", "name")]
    [InlineData(typeof(V1PodSpec), "ephemeralContainers", "name")]
    [InlineData(typeof(V1PodSpec), "hostAliases", "ip")]
    [InlineData(typeof(V1PodSpec), "imagePullSecrets", "name")]
    [InlineData(typeof(V1PodSpec), "initContainers", "name")]
    [InlineData(typeof(V1PodSpec), "resourceClaims", "name")]
    [InlineData(typeof(V1PodSpec), "schedulingGates", "name")]
    [InlineData(typeof(V1PodSpec), "topologySpreadConstraints", "topologyKey")]
    [InlineData(typeof(V1PodSpec), "volumes", "name")]
    [InlineData(typeof(V1PodStatus), "conditions", "type")]
    [InlineData(typeof(V1PodStatus), "hostIPs", "ip")]
    [InlineData(typeof(V1PodStatus), "podIPs", "ip")]
    [InlineData(typeof(V1PodStatus), "resourceClaimStatuses", "name")]
    [InlineData(typeof(V1ReplicationControllerStatus), "conditions", "type")]
    [InlineData(typeof(V1ServiceAccount), "secrets", "name")]
    [InlineData(typeof(V1ServiceSpec), "ports", "port")]
    [InlineData(typeof(V1ServiceStatus), "conditions", "type")]
    [InlineData(typeof(V1FlowSchemaStatus), "conditions", "type")]
    [InlineData(typeof(V1PriorityLevelConfigurationStatus), "conditions", "type")]
    [InlineData(typeof(V1PodDisruptionBudgetStatus), "conditions", "type")]
    [InlineData(typeof(V1CSINodeSpec), "drivers", "name")]
    public void FindName_PublishedKey_IsKnown(Type owner, string list, string key)
    {
        var property = Assert.Single(ObjectJson.Default.GetTypeInfo(owner).Properties, property => property.Name == list);

        Assert.Equal(key, MergeKeys.FindName(property.AttributeProvider, ObjectJson.Default.GetTypeInfo(property.PropertyType).ElementType));
    }

    [Theory]
    [InlineData(typeof(V1PodSpec), "tolerations")]
    [InlineData(typeof(V1Container), "args")]
    [InlineData(typeof(V1Container), "envFrom")]
    [InlineData(typeof(V1IngressSpec), "rules")]
    public void FindName_ListWithoutKey_IsNull(Type owner, string list)
    {
        var property = Assert.Single(ObjectJson.Default.GetTypeInfo(owner).Properties, property => property.Name == list);

        Assert.Null(MergeKeys.FindName(property.AttributeProvider, ObjectJson.Default.GetTypeInfo(property.PropertyType).ElementType));
        Assert.Null(MergeKeys.FindKey(property.AttributeProvider, ObjectJson.Default.GetTypeInfo(property.PropertyType).ElementType!));
    }

    [Fact]
    public void FindName_NeitherMemberNorType_IsNone() => Assert.Null(MergeKeys.FindName(member: null, elementType: null));
}

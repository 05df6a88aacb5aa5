namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>The built-in resources: apiVersion, kind, plural, then flags (n: namespaced, s: status, u: a PUT creates).</summary>
internal static class ApiServerResources
{
    private const string Table = """
        v1 Pod pods ns
        v1 Service services nsu
        v1 ConfigMap configmaps n
        v1 Secret secrets n
        v1 ServiceAccount serviceaccounts n
        v1 Namespace namespaces s
        v1 Node nodes s
        v1 PersistentVolume persistentvolumes s
        v1 PersistentVolumeClaim persistentvolumeclaims ns
        v1 Endpoints endpoints nu
        v1 Event events nu
        v1 LimitRange limitranges nu
        v1 ResourceQuota resourcequotas nsu
        v1 ReplicationController replicationcontrollers ns
        v1 PodTemplate podtemplates nu
        v1 Binding bindings n
        apps/v1 Deployment deployments ns
        apps/v1 ReplicaSet replicasets ns
        apps/v1 StatefulSet statefulsets ns
        apps/v1 DaemonSet daemonsets ns
        apps/v1 ControllerRevision controllerrevisions n
        batch/v1 Job jobs ns
        batch/v1 CronJob cronjobs ns
        autoscaling/v1 HorizontalPodAutoscaler horizontalpodautoscalers ns
        autoscaling/v2 HorizontalPodAutoscaler horizontalpodautoscalers ns
        policy/v1 PodDisruptionBudget poddisruptionbudgets ns
        networking.k8s.io/v1 Ingress ingresses ns
        networking.k8s.io/v1 IngressClass ingressclasses -
        networking.k8s.io/v1 NetworkPolicy networkpolicies n
        rbac.authorization.k8s.io/v1 Role roles nu
        rbac.authorization.k8s.io/v1 RoleBinding rolebindings nu
        rbac.authorization.k8s.io/v1 ClusterRole clusterroles u
        rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings u
        coordination.k8s.io/v1 Lease leases nu
        events.k8s.io/v1 Event events nu
        discovery.k8s.io/v1 EndpointSlice endpointslices n
        storage.k8s.io/v1 StorageClass storageclasses -
        storage.k8s.io/v1 VolumeAttachment volumeattachments s
        storage.k8s.io/v1 CSIDriver csidrivers -
        storage.k8s.io/v1 CSINode csinodes -
        scheduling.k8s.io/v1 PriorityClass priorityclasses -
        node.k8s.io/v1 RuntimeClass runtimeclasses -
        certificates.k8s.io/v1 CertificateSigningRequest certificatesigningrequests s
        apiextensions.k8s.io/v1 CustomResourceDefinition customresourcedefinitions s
        apiregistration.k8s.io/v1 APIService apiservices s
        flowcontrol.apiserver.k8s.io/v1 FlowSchema flowschemas s
        flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration prioritylevelconfigurations s
        authentication.k8s.io/v1 TokenReview tokenreviews -
        authentication.k8s.io/v1 SelfSubjectReview selfsubjectreviews -
        authorization.k8s.io/v1 SubjectAccessReview subjectaccessreviews -
        authorization.k8s.io/v1 SelfSubjectAccessReview selfsubjectaccessreviews -
        authorization.k8s.io/v1 LocalSubjectAccessReview localsubjectaccessreviews n
        authorization.k8s.io/v1 SelfSubjectRulesReview selfsubjectrulesreviews -
        admissionregistration.k8s.io/v1 MutatingWebhookConfiguration mutatingwebhookconfigurations -
        admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration validatingwebhookconfigurations -
        admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy validatingadmissionpolicies s
        admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings -
        admissionregistration.k8s.io/v1 MutatingAdmissionPolicy mutatingadmissionpolicies -
        admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding mutatingadmissionpolicybindings -
        """;

    /// <summary>The built-in resources. Events of core and events.k8s.io are equivalent, because they share their storage (contract 2.9).</summary>
    public static IEnumerable<ResourceInfo> All => Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse);

    /// <summary>Recognises kinds that are never stored (contract 1.6).</summary>
    public static bool IsVirtual(ResourceInfo resource) => IsAccessReview(resource) || resource is { Group: "", Plural: "bindings" };

    /// <summary>Recognises the questions about access and identity, which no webhook sees from 1.37 on (contract 1.6).</summary>
    public static bool IsAccessReview(ResourceInfo resource) => resource is
    { Group: "authentication.k8s.io", Plural: "tokenreviews" or "selfsubjectreviews" }
        or { Group: "authorization.k8s.io", Plural: "subjectaccessreviews" or "localsubjectaccessreviews" or "selfsubjectaccessreviews" or "selfsubjectrulesreviews" };

    /// <summary>Recognises the six kinds whose requests never reach webhooks registered through the API (contract 1.5).</summary>
    public static bool IsExempt(string group, string kind) => group == "admissionregistration.k8s.io"
        && kind is "MutatingWebhookConfiguration" or "ValidatingWebhookConfiguration" or "ValidatingAdmissionPolicy"
            or "ValidatingAdmissionPolicyBinding" or "MutatingAdmissionPolicy" or "MutatingAdmissionPolicyBinding";

    private static ResourceInfo Parse(string line)
    {
        var cells = line.Split(' ');
        var (group, version) = ResourceCatalog.SplitApiVersion(cells[0]);
        var info = new ResourceInfo(group, version, cells[1], cells[2], cells[3].Contains('n', StringComparison.Ordinal))
        {
            HasStatus = cells[3].Contains('s', StringComparison.Ordinal),
            CreatesOnUpdate = cells[3].Contains('u', StringComparison.Ordinal),
        };
        return cells[1] == "Event" ? info with { EquivalenceKey = "/events" } : info;
    }
}

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Knows the built-in kinds without a namespace. Every other kind counts as namespaced, unless a handler has the scope Cluster.</summary>
internal static class ClusterScoped
{
    private static readonly HashSet<string> Kinds = new(StringComparer.Ordinal)
    {
        "/Namespace", "/Node", "/PersistentVolume",
        "admissionregistration.k8s.io/MutatingWebhookConfiguration", "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingAdmissionPolicy", "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
        "admissionregistration.k8s.io/MutatingAdmissionPolicy", "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
        "apiextensions.k8s.io/CustomResourceDefinition", "apiregistration.k8s.io/APIService", "certificates.k8s.io/CertificateSigningRequest",
        "flowcontrol.apiserver.k8s.io/FlowSchema", "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration", "networking.k8s.io/IngressClass",
        "networking.k8s.io/IPAddress", "networking.k8s.io/ServiceCIDR", "node.k8s.io/RuntimeClass", "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding", "resource.k8s.io/DeviceClass", "resource.k8s.io/ResourceSlice", "scheduling.k8s.io/PriorityClass",
        "storage.k8s.io/CSIDriver", "storage.k8s.io/CSINode", "storage.k8s.io/StorageClass", "storage.k8s.io/VolumeAttachment",
        "storage.k8s.io/VolumeAttributesClass",
        // Newer than KubernetesClient's types, or on their way.
        "certificates.k8s.io/ClusterTrustBundle", "internal.apiserver.k8s.io/StorageVersion", "resource.k8s.io/DeviceTaintRule",
        "storagemigration.k8s.io/StorageVersionMigration",
        // Questions, which are answered and not stored.
        "authentication.k8s.io/SelfSubjectReview", "authentication.k8s.io/TokenReview", "authorization.k8s.io/SelfSubjectAccessReview",
        "authorization.k8s.io/SelfSubjectRulesReview", "authorization.k8s.io/SubjectAccessReview",
    };

    public static bool Contains(string group, string kind) => Kinds.Contains($"{group}/{kind}");
}

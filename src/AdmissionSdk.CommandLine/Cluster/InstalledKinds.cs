using AdmissionSdk.CommandLine.Checking;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>
/// The kinds of an installation, in the order in which they go: first what makes the API server call the application, then the application, then what it needs
/// to run. Policies are among them, whoever applied them, since all is found by the labels.
/// </summary>
internal static class InstalledKinds
{
    private const string Admission = "admissionregistration.k8s.io";

    private static readonly InstalledKind[] Callers =
    [
        new(Admission, "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", false),
        new(Admission, "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", false),
        new(Admission, "v1", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", false),
        new(Admission, "v1", "ValidatingAdmissionPolicy", "validatingadmissionpolicies", false),
        new(Admission, "v1", "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings", false),
        new(Admission, "v1", "MutatingAdmissionPolicy", "mutatingadmissionpolicies", false),
    ];

    private static readonly InstalledKind[] Application =
    [
        new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true),
        new("apps", "v1", "Deployment", "deployments", true),
        new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true),
        new("", "v1", "Service", "services", true),
    ];

    private static readonly InstalledKind[] Needs =
    [
        new("cert-manager.io", "v1", "Certificate", "certificates", true),
        new("cert-manager.io", "v1", "Issuer", "issuers", true),
        new("", "v1", "Secret", "secrets", true),
        new("", "v1", "ConfigMap", "configmaps", true),
        new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false),
        new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false),
        new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", true),
        new("rbac.authorization.k8s.io", "v1", "Role", "roles", true),
        new("", "v1", "ServiceAccount", "serviceaccounts", true),
    ];

    public static readonly InstalledKind Namespace = new("", "v1", "Namespace", "namespaces", false);

    /// <summary>The kinds, with those of the application's own objects.</summary>
    public static IReadOnlyList<InstalledKind> Order(IEnumerable<IKubernetesObject<V1ObjectMeta>> own)
    {
        InstalledKind[] known = [.. Callers, .. Application, .. Needs, Namespace];
        var added = own.Select(Create).Where(kind => !known.Any(item => item.Group == kind.Group && item.Kind == kind.Kind)).Distinct();
        return [.. Callers, .. Application, .. added, .. Needs];
    }

    private static InstalledKind Create(IKubernetesObject<V1ObjectMeta> item)
    {
        var slash = item.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : item.ApiVersion[..slash];
        var resource = Model.KnownResources.TryGet(item.GetType())?.Resource ?? ClusterScoped.GuessResource(item.Kind);
        return new InstalledKind(group, item.ApiVersion[(slash + 1)..], item.Kind, resource, item.Metadata.NamespaceProperty is not null || !ClusterScoped.Contains(group, item.Kind));
    }
}

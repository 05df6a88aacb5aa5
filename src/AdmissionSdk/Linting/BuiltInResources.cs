using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>The resources of Kubernetes' own API groups up to 1.37, in any version, by scope.</summary>
internal static class BuiltInResources
{
    private static readonly Dictionary<string, (string[] Namespaced, string[] Cluster)> Groups = new(StringComparer.Ordinal)
    {
        [""] = (
            ["bindings", "configmaps", "endpoints", "events", "limitranges", "persistentvolumeclaims", "pods", "podtemplates", "replicationcontrollers", "resourcequotas", "secrets", "serviceaccounts", "services"],
            ["componentstatuses", "namespaces", "nodes", "persistentvolumes"]),
        ["admissionregistration.k8s.io"] = (
            [],
            ["mutatingadmissionpolicies", "mutatingadmissionpolicybindings", "mutatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings", "validatingwebhookconfigurations"]),
        ["apiextensions.k8s.io"] = ([], ["customresourcedefinitions"]),
        ["apiregistration.k8s.io"] = ([], ["apiservices"]),
        ["apps"] = (["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"], []),
        ["authentication.k8s.io"] = ([], ["selfsubjectreviews", "tokenreviews"]),
        ["authorization.k8s.io"] = (["localsubjectaccessreviews"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews", "subjectaccessreviews"]),
        ["autoscaling"] = (["horizontalpodautoscalers"], []),
        ["batch"] = (["cronjobs", "jobs"], []),
        ["certificates.k8s.io"] = (["podcertificaterequests"], ["certificatesigningrequests", "clustertrustbundles"]),
        ["coordination.k8s.io"] = (["leasecandidates", "leases"], []),
        ["discovery.k8s.io"] = (["endpointslices"], []),
        ["events.k8s.io"] = (["events"], []),
        ["flowcontrol.apiserver.k8s.io"] = ([], ["flowschemas", "prioritylevelconfigurations"]),
        ["internal.apiserver.k8s.io"] = ([], ["storageversions"]),
        ["networking.k8s.io"] = (["ingresses", "networkpolicies"], ["ingressclasses", "ipaddresses", "servicecidrs"]),
        ["node.k8s.io"] = ([], ["runtimeclasses"]),
        ["policy"] = (["poddisruptionbudgets"], ["podsecuritypolicies"]),
        ["rbac.authorization.k8s.io"] = (["rolebindings", "roles"], ["clusterrolebindings", "clusterroles"]),
        ["resource.k8s.io"] = (["resourceclaims", "resourceclaimtemplates"], ["deviceclasses", "devicetaintrules", "resourcepoolstatusrequests", "resourceslices"]),
        ["scheduling.k8s.io"] = (["compositepodgroups", "podgroups", "workloads"], ["priorityclasses"]),
        ["storage.k8s.io"] = (["csistoragecapacities"], ["csidrivers", "csinodes", "storageclasses", "volumeattachments", "volumeattributesclasses"]),
        ["storagemigration.k8s.io"] = ([], ["storageversionmigrations"]),
    };

    private static readonly HashSet<string> Subresources = new(StringComparer.Ordinal)
    {
        "", "*", "approval", "attach", "binding", "ephemeralcontainers", "eviction", "exec", "finalize", "log", "portforward", "proxy", "resize", "scale", "status", "token",
    };

    private static readonly string[] AccessReviews = ["authorization.k8s.io", "authentication.k8s.io"];

    /// <summary>True if a rule names checks of access or identity, in a group of their own or in every group.</summary>
    public static bool IsAccessReview(ResourceTarget target) =>
        target.Subresource is "" or "*"
        && AccessReviews.Any(group => target.Group == group || (target.Group == "*" && IsNamespaced(group, target.Resource) is not null));

    /// <summary>True if a resource has a namespace; null for an unknown resource.</summary>
    public static bool? IsNamespaced(string group, string resource) =>
        !Groups.TryGetValue(group, out var known) ? null
        : known.Namespaced.Contains(resource, StringComparer.Ordinal) ? true
        : known.Cluster.Contains(resource, StringComparer.Ordinal) ? false
        : null;

    /// <summary>True if a resource has been served in one version only since Kubernetes 1.20, so that nothing is ever converted.</summary>
    public static bool HasOneVersion(string group, string resource) => group is "apps" || (group.Length == 0 && resource is not ("events" or "*"));

    /// <summary>True if objects of the resource are deleted: the answers to questions, and bindings, are never stored.</summary>
    public static bool IsDeletable(string group, string resource) =>
        group is not ("authentication.k8s.io" or "authorization.k8s.io") && !(group.Length == 0 && resource is "bindings" or "componentstatuses");

    /// <summary>True if the group is Kubernetes' own and lacks a resource or subresource of that name.</summary>
    public static bool IsMissing(string group, string resource, string subresource) =>
        Groups.ContainsKey(group) && ((resource != "*" && IsNamespaced(group, resource) is null) || !Subresources.Contains(subresource));
}

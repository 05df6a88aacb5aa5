namespace AdmissionSdk.Linting;

/// <summary>
/// The subresources that write what a handler of the resource judges. Rules of the linter and a table of docs/linter.md come from here, and every row is tried
/// on a real API server that has it.
/// </summary>
internal static class SecondDoors
{
    private const string Labels = "metadata.labels, metadata.annotations, metadata.finalizers";

    /// <summary>More containers.</summary>
    public static SecondDoor EphemeralContainers { get; } = new("", "pods", "ephemeralcontainers", Operations.Update, "Pod", "spec.ephemeralContainers", new Version(1, 23));

    /// <summary>Other requests and limits.</summary>
    public static SecondDoor Resize { get; } = new("", "pods", "resize", Operations.Update, "Pod", "spec.containers[*].resources, spec.initContainers[*].resources", new Version(1, 33));

    /// <summary>Deletion.</summary>
    public static SecondDoor Eviction { get; } = new("", "pods", "eviction", Operations.Create, "Eviction", "the pod goes");

    /// <summary>The numbers of replicas of built-in workloads. Custom resources have one too, if their definition says so.</summary>
    public static IReadOnlyList<SecondDoor> Scale { get; } =
    [
        .. new[] { ("apps", "deployments"), ("apps", "replicasets"), ("apps", "statefulsets"), ("", "replicationcontrollers") }
            .Select(item => new SecondDoor(item.Item1, item.Item2, "scale", Operations.Update, "Scale", "spec.replicas")),
    ];

    /// <summary>Labels, annotations and finalizers beside the status, or whatever the subresource is for.</summary>
    public static IReadOnlyList<SecondDoor> Metadata { get; } =
    [
        new("", "pods", "binding", Operations.Create, "Binding", "spec.nodeName, metadata.annotations"),
        new("", "namespaces", "finalize", Operations.Update, "Namespace", $"spec.finalizers, {Labels}"),
        .. new[] { "namespaces", "nodes", "persistentvolumeclaims", "persistentvolumes", "pods", "replicationcontrollers", "resourcequotas", "services" }
            .Select(resource => Status("", resource)),
        .. new[] { "daemonsets", "replicasets", "statefulsets" }.Select(resource => Status("apps", resource)),
        Status("apps", "deployments") with { Writes = "metadata.annotations, metadata.finalizers" },
        Status("autoscaling", "horizontalpodautoscalers"),
        .. new[] { "cronjobs", "jobs" }.Select(resource => Status("batch", resource)),
        Status("certificates.k8s.io", "certificatesigningrequests"),
        Status("certificates.k8s.io", "certificatesigningrequests") with { Subresource = "approval" },
        Status("networking.k8s.io", "ingresses"),
        Status("policy", "poddisruptionbudgets"),
    ];

    /// <summary>All rows.</summary>
    public static IReadOnlyList<SecondDoor> All { get; } = [EphemeralContainers, Resize, .. Scale, Eviction, .. Metadata];

    private static SecondDoor Status(string group, string resource) => new(group, resource, "status", Operations.Update, "the resource's own", Labels);
}

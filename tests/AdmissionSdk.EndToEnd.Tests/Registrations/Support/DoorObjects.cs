namespace AdmissionSdk.EndToEnd.Tests.Registrations.Support;

/// <summary>An object of each resource that has a second door, in the versions that servers old and new have.</summary>
internal static class DoorObjects
{
    public const string Name = "door";

    private const string PodSpec = """{"containers":[{"name":"app","image":"nginx:1","resources":{"requests":{"cpu":"1"}}}],"restartPolicy":"Always"}""";
    private const string JobSpec = """{"template":{"spec":{"containers":[{"name":"app","image":"nginx:1"}],"restartPolicy":"Never"}}}""";
    private const string Workload = $$$"""{"selector":{"matchLabels":{"app":"door"}},"template":{"metadata":{"labels":{"app":"door"}},"spec":{{{PodSpec}}}}}""";

    private static readonly HashSet<string> ClusterScoped = ["namespaces", "nodes", "persistentvolumes", "certificatesigningrequests"];

    /// <summary>The versions to try, the newest first.</summary>
    public static IReadOnlyList<string> Versions(string group) => group switch
    {
        "autoscaling" => ["v2", "v1"],
        "batch" or "policy" => ["v1", "v1beta1"],
        _ => ["v1"],
    };

    /// <summary>The path of the resource, for objects of a namespace.</summary>
    public static string Path(string group, string version, string resource, string @namespace) =>
        $"{(group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}")}/{(ClusterScoped.Contains(resource) ? "" : $"namespaces/{@namespace}/")}{resource}";

    /// <summary>The object.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="version">Its version.</param>
    /// <param name="name">Its name.</param>
    /// <param name="csr">A certificate signing request, Base64.</param>
    public static string Json(string resource, string version, string name, string csr)
    {
        var (group, kind, spec) = resource switch
        {
            "pods" => ("", "Pod", PodSpec),
            "namespaces" => ("", "Namespace", "{}"),
            "nodes" => ("", "Node", "{}"),
            "services" => ("", "Service", """{"ports":[{"port":80}]}"""),
            "resourcequotas" => ("", "ResourceQuota", """{"hard":{"example.com/x":"1"}}"""),
            "persistentvolumeclaims" => ("", "PersistentVolumeClaim", """{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}"""),
            "persistentvolumes" => ("", "PersistentVolume", """{"accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"hostPath":{"path":"/tmp/door"}}"""),
            "replicationcontrollers" => ("", "ReplicationController", $$$"""{"selector":{"app":"door"},"template":{"metadata":{"labels":{"app":"door"}},"spec":{{{PodSpec}}}}}"""),
            "deployments" => ("apps", "Deployment", Workload),
            "daemonsets" => ("apps", "DaemonSet", Workload),
            "replicasets" => ("apps", "ReplicaSet", Workload),
            "statefulsets" => ("apps", "StatefulSet", Workload.Replace("{\"selector\"", "{\"serviceName\":\"door\",\"selector\"", StringComparison.Ordinal)),
            "jobs" => ("batch", "Job", JobSpec),
            "cronjobs" => ("batch", "CronJob", $$$"""{"schedule":"0 0 1 1 *","jobTemplate":{"spec":{{{JobSpec}}}}}"""),
            "horizontalpodautoscalers" => ("autoscaling", "HorizontalPodAutoscaler", """{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"door"}}"""),
            "ingresses" => ("networking.k8s.io", "Ingress", """{"defaultBackend":{"service":{"name":"door","port":{"number":80}}}}"""),
            "poddisruptionbudgets" => ("policy", "PodDisruptionBudget", """{"minAvailable":1,"selector":{"matchLabels":{"app":"nobody"}}}"""),
            "certificatesigningrequests" => ("certificates.k8s.io", "CertificateSigningRequest", $$"""{"request":"{{csr}}","signerName":"example.com/door","usages":["client auth"]}"""),
            _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "A new row of the table needs an object here."),
        };
        return $$"""{"apiVersion":"{{(group.Length == 0 ? version : $"{group}/{version}")}}","kind":"{{kind}}","metadata":{"name":"{{name}}"},"spec":{{spec}}}""";
    }
}

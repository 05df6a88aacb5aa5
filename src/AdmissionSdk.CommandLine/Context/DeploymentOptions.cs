using k8s.Models;

#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>The look of the generated Deployment and of the objects around the Deployment.</summary>
public sealed class DeploymentOptions
{
    internal DeploymentOptions()
    {
    }

    /// <summary>The container image.</summary>
    /// <value>The default is null: the application's name with the tag <c>latest</c>, a placeholder.</value>
    public string? Image { get; set; }

    /// <summary>The number of replicas. A single replica would leave the API server without a response at every roll-out.</summary>
    /// <value>The default is 2.</value>
    public int Replicas { get; set; } = 2;

    /// <summary>The origin of the serving certificate.</summary>
    /// <value>The default is null: <see cref="CertificateSource.CertManager"/> with <see cref="OwnTlsPort"/> or <c>--inject-ca-from</c>, <see cref="CertificateSource.Secret"/> with <c>--ca-file</c>, otherwise <see cref="CertificateSource.Managed"/>. The configuration key <c>AdmissionWebhooks:Manifests:Certificates</c> wins over this property, and <c>--certificates</c> wins over both.</value>
    public CertificateSource? Certificates { get; set; }

    /// <summary>The secret that holds the serving certificate.</summary>
    /// <value>The default is null: the application's name followed by <c>-tls</c>.</value>
    public string? CertificateSecret { get; set; }

    /// <summary>The port of the application's own TLS listener, which replaces <c>AddAdmissionTls()</c>. The serving certificate is mounted at <c>/tls</c>.</summary>
    /// <value>The default is null: the port of <c>AddAdmissionTls()</c>, 8443 unless configured.</value>
    public int? OwnTlsPort { get; set; }

    /// <summary>The CPU request of each replica. The Deployment has no CPU limit: a throttled webhook is a late webhook.</summary>
    /// <value>The default is <c>100m</c>.</value>
    public string CpuRequest { get; set; } = "100m";

    /// <summary>The memory request of each replica.</summary>
    /// <value>The default is <c>160Mi</c>.</value>
    public string MemoryRequest { get; set; } = "160Mi";

    /// <summary>The memory limit of each replica.</summary>
    /// <value>The default is <c>512Mi</c>, from which the budget of reviews (246 MiB) and the limits on connections follow.</value>
    public string MemoryLimit { get; set; } = "512Mi";

    /// <summary>The pods' priority class. A webhook that fails closed is part of the control plane.</summary>
    /// <value>The default is <c>system-cluster-critical</c>.</value>
    public string PriorityClass { get; set; } = "system-cluster-critical";

    /// <summary>Rights in the whole cluster, besides the rights for the namespace look-up and the drift check, which are generated. Empty by default; a service account token is mounted only if a rule exists.</summary>
    public IList<V1PolicyRule> ClusterRules { get; private set; } = [];

    /// <summary>Rights in the application's own namespace, such as for the Secret of a CA that the application manages itself. Empty by default.</summary>
    public IList<V1PolicyRule> NamespaceRules { get; private set; } = [];

    /// <summary>Copies the settings and the lists of rules, for a context or a command with settings of its own.</summary>
    internal DeploymentOptions Copy()
    {
        var copy = (DeploymentOptions)MemberwiseClone();
        (copy.ClusterRules, copy.NamespaceRules) = ([.. ClusterRules], [.. NamespaceRules]);
        return copy;
    }
}

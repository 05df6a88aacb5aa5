using k8s.Models;

#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>What the generated Deployment and the objects around it look like.</summary>
public sealed class DeploymentOptions
{
    internal DeploymentOptions()
    {
    }

    /// <summary>The container image.</summary>
    /// <value>The default is null: the application's name with the tag <c>latest</c>, to be replaced.</value>
    public string? Image { get; set; }

    /// <summary>How many replicas. One would leave the cluster without an answer at every roll-out.</summary>
    /// <value>The default is 2.</value>
    public int Replicas { get; set; } = 2;

    /// <summary>Where the serving certificate comes from.</summary>
    /// <value>The default is <see cref="CertificateSource.CertManager"/>. The configuration key <c>AdmissionWebhooks:Manifests:Certificates</c> wins over it, and <c>--certificates</c> over both.</value>
    public CertificateSource Certificates { get; set; }

    /// <summary>The secret that holds the serving certificate.</summary>
    /// <value>The default is null: the application's name followed by <c>-tls</c>.</value>
    public string? CertificateSecret { get; set; }

    /// <summary>The port of a TLS listener that the application brings itself, instead of <c>AddAdmissionTls()</c>. The serving certificate is mounted at <c>/tls</c>.</summary>
    /// <value>The default is null: the port of <c>AddAdmissionTls()</c>, 8443 unless configured.</value>
    public int? OwnTlsPort { get; set; }

    /// <summary>The CPU that each replica asks for. There is no limit: a throttled webhook is a late one.</summary>
    /// <value>The default is <c>100m</c>.</value>
    public string CpuRequest { get; set; } = "100m";

    /// <summary>The memory that each replica asks for.</summary>
    /// <value>The default is <c>128Mi</c>.</value>
    public string MemoryRequest { get; set; } = "128Mi";

    /// <summary>The most memory a replica may use.</summary>
    /// <value>The default is <c>512Mi</c>, room for the default of 256 MiB of request bodies in flight.</value>
    public string MemoryLimit { get; set; } = "512Mi";

    /// <summary>The pods' priority class. A webhook that fails closed is part of the control plane.</summary>
    /// <value>The default is <c>system-cluster-critical</c>.</value>
    public string PriorityClass { get; set; } = "system-cluster-critical";

    /// <summary>What the application may do in the whole cluster, beyond what its namespace look-up and drift check need. Nothing by default; a service account token is mounted only if there are rules.</summary>
    public IList<V1PolicyRule> ClusterRules { get; } = [];

    /// <summary>What the application may do in its own namespace. Nothing by default; this is where a CA that it manages itself needs its Secret.</summary>
    public IList<V1PolicyRule> NamespaceRules { get; } = [];

    /// <summary>Copies the settings for a command that changes some of them; the lists of rules are shared.</summary>
    internal DeploymentOptions Copy() => (DeploymentOptions)MemberwiseClone();
}

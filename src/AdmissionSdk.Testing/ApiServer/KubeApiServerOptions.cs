namespace AdmissionSdk.Testing.ApiServer;

/// <summary>What <see cref="KubeApiServerFixture.StartAsync"/> starts or uses.</summary>
public sealed class KubeApiServerOptions
{
    /// <summary>The directory that holds the programs <c>etcd</c> and <c>kube-apiserver</c>.</summary>
    /// <value>The default is the environment variable <c>KUBEBUILDER_ASSETS</c>, which other languages' tools read too.</value>
    public string? AssetsDirectory { get; set; } = Environment.GetEnvironmentVariable(ApiServerEnvironment.AssetsVariable);

    /// <summary>
    /// Whether to use the cluster of the current kubeconfig instead of starting anything. Tests then write to that cluster;
    /// what they create through the fixture is deleted again when it is disposed.
    /// </summary>
    /// <value>The default is the environment variable <c>USE_EXISTING_CLUSTER</c>: <see langword="true"/> for <c>true</c> or <c>1</c>.</value>
    public bool UseExistingCluster { get; set; } = ApiServerEnvironment.UseExistingCluster;

    /// <summary>The kubeconfig file that names the existing cluster, if <see cref="UseExistingCluster"/> is set.</summary>
    /// <value>The default is <see langword="null"/>: the environment variable <c>KUBECONFIG</c>, then <c>~/.kube/config</c>, then the cluster that the process runs in.</value>
    public string? KubeConfigPath { get; set; }

    /// <summary>Arguments appended to kube-apiserver's command line, such as <c>--feature-gates=EphemeralContainers=true</c>. A later argument wins over an earlier one.</summary>
    /// <value>The default is none.</value>
    public IList<string> ApiServerArguments { get; } = [];

    /// <summary>
    /// Whether namespaces get the label <c>kubernetes.io/metadata.name</c> where the API server does not set it itself, which is
    /// before Kubernetes 1.21: those that exist at the start, and those made by <see cref="KubeApiServerFixture.CreateNamespaceAsync"/>.
    /// Without it a webhook that exempts a namespace by that label exempts nothing.
    /// </summary>
    /// <value>The default is <see langword="true"/>. An existing cluster's own namespaces are never touched.</value>
    public bool LabelNamespaces { get; set; } = true;

    /// <summary>How long the servers have to become ready, and each later wait (a CRD, a webhook) to be over.</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A directory where <c>etcd.log</c> and <c>kube-apiserver.log</c> stay after the fixture is disposed, for a CI run to keep. Each fixture needs one of its own.</summary>
    /// <value>The default is <see langword="null"/>: the logs are deleted with the rest.</value>
    public string? LogDirectory { get; set; }
}

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Options of <see cref="KubeApiServerFixture.StartAsync"/>: the programs to start, or the cluster to use.</summary>
public sealed class KubeApiServerOptions
{
    /// <summary>The directory that holds the programs <c>etcd</c> and <c>kube-apiserver</c>.</summary>
    /// <value>The default is the environment variable <c>KUBEBUILDER_ASSETS</c>, which other languages' tools read too.</value>
    public string? AssetsDirectory { get; set; } = Environment.GetEnvironmentVariable(ApiServerEnvironment.AssetsVariable);

    /// <summary>
    /// True to use the cluster of the current kubeconfig and start nothing. Tests then write to that cluster;
    /// disposing the fixture deletes the objects that were created through the fixture.
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
    /// True to give namespaces the label <c>kubernetes.io/metadata.name</c> if the API server does not set the label, which is
    /// before Kubernetes 1.21: to the namespaces that exist at the start, and to those made by <see cref="KubeApiServerFixture.CreateNamespaceAsync"/>.
    /// Without the label a webhook that exempts a namespace by the label exempts nothing.
    /// </summary>
    /// <value>The default is <see langword="true"/>. An existing cluster's own namespaces are never touched.</value>
    public bool LabelNamespaces { get; set; } = true;

    /// <summary>The longest wait for the servers to become ready, and for each later wait (a CRD, a webhook).</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A directory where <c>etcd.log</c> and <c>kube-apiserver.log</c> stay after the fixture is disposed, for a CI run to keep. Each fixture needs a directory of its own.</summary>
    /// <value>The default is <see langword="null"/>: the logs are deleted with the rest.</value>
    public string? LogDirectory { get; set; }
}

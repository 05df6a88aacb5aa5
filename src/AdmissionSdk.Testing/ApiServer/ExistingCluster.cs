using k8s;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>A cluster that was there before the tests.</summary>
internal static class ExistingCluster
{
    private static readonly Lazy<Version?> Asked = new(Ask);

    /// <summary>The version of the cluster that the environment names, read once; null when the cluster cannot be reached.</summary>
    public static Version? Version => Asked.Value;

    public static KubernetesClientConfiguration Configuration(string? kubeConfigPath) => kubeConfigPath is null
        ? KubernetesClientConfiguration.BuildDefaultConfig()
        : KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeConfigPath);

    private static Version? Ask()
    {
        try
        {
            var configuration = Configuration(null);
            configuration.HttpClientTimeout = TimeSpan.FromSeconds(5);
            using var client = new Kubernetes(configuration);
            return ApiServerVersion.TryParse(client.Version.GetCode().GitVersion);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The test that then runs and fails shows why the cluster cannot be reached.
            return null;
        }
    }
}

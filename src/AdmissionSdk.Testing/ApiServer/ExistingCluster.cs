using k8s;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Asks the cluster of the current kubeconfig for its version, once; null when it cannot be reached.</summary>
internal static class ExistingCluster
{
    private static readonly Lazy<Version?> Asked = new(Ask);

    public static Version? Version => Asked.Value;

    private static Version? Ask()
    {
        try
        {
            var configuration = KubernetesClientConfiguration.BuildDefaultConfig();
            configuration.HttpClientTimeout = TimeSpan.FromSeconds(5);
            using var client = new Kubernetes(configuration);
            return ApiServerVersion.TryParse(client.Version.GetCode().GitVersion);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Why it cannot be reached is told by the test that then runs and fails.
            return null;
        }
    }
}

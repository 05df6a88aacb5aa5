using k8s;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Configuration;

/// <summary>The cluster in which the application runs: that of the <c>IKubernetes</c> in dependency injection, else that of the pod's service account.</summary>
internal sealed class OwnCluster(IServiceProvider services) : IDisposable
{
    private readonly Lock _lock = new();
    private Kubernetes? _own;

    /// <summary>True if there is such a cluster. Asks without making a client.</summary>
    public static bool IsKnown(IServiceProvider services) =>
        services.GetService<IServiceProviderIsService>()?.IsService(typeof(IKubernetes)) == true || KubernetesClientConfiguration.IsInCluster();

    /// <summary>Gets the client.</summary>
    /// <exception cref="Exception">The service account's files cannot be read.</exception>
    public IKubernetes Connect()
    {
        if (services.GetService<IKubernetes>() is { } registered)
        {
            return registered;
        }

        lock (_lock)
        {
            return _own ??= new Kubernetes(KubernetesClientConfiguration.InClusterConfig());
        }
    }

    public void Dispose() => _own?.Dispose();
}

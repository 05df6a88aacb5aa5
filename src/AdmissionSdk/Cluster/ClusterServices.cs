using AdmissionSdk.Health;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Cluster;

/// <summary>Adds look-ups in the cluster.</summary>
internal static class ClusterServices
{
    public static IServiceCollection AddLookups(this IServiceCollection services)
    {
        services.AddOptions<ClusterLookupOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClusterLookupOptions>, ClusterLookupOptionsValidator>());
        services.TryAddSingleton<IKubernetes>(_ => new Kubernetes(
            KubernetesClientConfiguration.IsInCluster() ? KubernetesClientConfiguration.InClusterConfig()
            // BuildDefaultConfig alone reads $KUBECONFIG, and falls back to an API server on localhost without that variable and a file.
            : Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } ? KubernetesClientConfiguration.BuildDefaultConfig()
            : KubernetesClientConfiguration.BuildConfigFromConfigFile()));
        // The client is made at the first look-up: without a kubeconfig nobody knows, and the application starts all the same.
        services.TryAddSingleton(provider => new ClusterLookup(
            provider.GetRequiredService<IKubernetes>, provider.GetRequiredService<IOptions<ClusterLookupOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IClusterLookup>(provider => provider.GetRequiredService<ClusterLookup>());
        return services;
    }

    public static IServiceCollection AddNamespaces(this IServiceCollection services)
    {
        services.AddLookups();
        if (services.Any(service => service.ServiceType == typeof(NamespaceCache)))
        {
            return services;
        }

        services.AddOptions<NamespaceLookupOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<NamespaceLookupOptions>, NamespaceLookupOptionsValidator>();
        services.AddSingleton(provider => new NamespaceCache(
            provider.GetRequiredService<IKubernetes>,
            provider.GetRequiredService<ClusterLookup>(),
            provider.GetRequiredService<IOptions<NamespaceLookupOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NamespaceCache>>()));
        services.TryAddSingleton<INamespaceLookup>(provider => provider.GetRequiredService<NamespaceCache>());

        // An application, or a test, may have a look-up of its own: the cache then stays out of the cluster, and readiness does not wait for it.
        services.AddSingleton<IStartupGate>(provider => provider.GetRequiredService<INamespaceLookup>() as NamespaceCache ?? (IStartupGate)UnusedNamespaceCache.Instance);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<INamespaceLookup>() as NamespaceCache ?? (IHostedService)UnusedNamespaceCache.Instance);
        return services;
    }
}

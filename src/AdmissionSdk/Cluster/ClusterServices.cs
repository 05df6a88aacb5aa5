using AdmissionSdk.Health;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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
        services.TryAddSingleton<ClusterLookup>();
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
        services.AddSingleton<NamespaceCache>();
        services.AddSingleton<INamespaceLookup>(provider => provider.GetRequiredService<NamespaceCache>());
        services.AddSingleton<IStartupGate>(provider => provider.GetRequiredService<NamespaceCache>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NamespaceCache>());
        return services;
    }
}

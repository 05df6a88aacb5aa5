using AdmissionSdk.Health;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Cluster;

/// <summary>Adds look-ups in the cluster. A look-up that the application registers itself, before or after, takes the place of ours.</summary>
internal static class ClusterServices
{
    public static readonly Func<IServiceProvider, object> Cluster = static provider => provider.GetRequiredService<ClusterLookup>();

    public static readonly Func<IServiceProvider, object> Namespaces = static provider => provider.GetRequiredService<NamespaceCache>();

    public static IServiceCollection AddLookups(this IServiceCollection services)
    {
        services.AddOptions<ClusterLookupOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClusterLookupOptions>, ClusterLookupOptionsValidator>());
        services.TryAddSingleton<ClusterFinder>(Connect);
        services.TryAddSingleton<ClusterConnection>();
        services.TryAddSingleton(new LookupUse(services));
        services.TryAddSingleton<ClusterLookup>();
        services.TryAdd(ServiceDescriptor.Singleton(typeof(IClusterLookup), Cluster));
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
        services.TryAdd(ServiceDescriptor.Singleton(typeof(INamespaceLookup), Namespaces));
        services.AddSingleton<IStartupGate>(provider => provider.GetRequiredService<NamespaceCache>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NamespaceCache>());
        return services;
    }

    private static Kubernetes Connect() => new(
        KubernetesClientConfiguration.IsInCluster() ? KubernetesClientConfiguration.InClusterConfig()
        // BuildDefaultConfig alone reads $KUBECONFIG, and falls back to an API server on localhost without that variable and a file.
        : Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } ? KubernetesClientConfiguration.BuildDefaultConfig()
        : KubernetesClientConfiguration.BuildConfigFromConfigFile());
}

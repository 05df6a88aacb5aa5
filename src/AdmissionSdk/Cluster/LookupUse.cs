using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Cluster;

/// <summary>Tells if the application, or a test, replaced a look-up: then nothing of ours has a reason to ask a cluster.</summary>
internal sealed class LookupUse(IServiceCollection services)
{
    /// <summary>True if handlers get our look-up of namespaces.</summary>
    public bool OwnsNamespaces => IsOwn(typeof(INamespaceLookup), ClusterServices.Namespaces);

    /// <summary>True if handlers get our look-up of other objects.</summary>
    public bool OwnsCluster => IsOwn(typeof(IClusterLookup), ClusterServices.Cluster);

    // The last registration is the one that a container resolves.
    private bool IsOwn(Type service, Func<IServiceProvider, object> factory) =>
        services.LastOrDefault(item => item.ServiceType == service && !item.IsKeyedService)?.ImplementationFactory == factory;
}

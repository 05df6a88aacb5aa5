using AdmissionSdk.Cluster;
using AdmissionSdk.Health;
using AdmissionSdk.Registration;
using k8s;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Here so that AddNamespaceLookup needs no using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Adds look-ups in the cluster, for handlers whose decision depends on other objects.</summary>
public static class NamespaceLookupExtensions
{
    /// <summary>Adds <see cref="INamespaceLookup"/>, a cache of all namespaces' labels kept up by list and watch, and <see cref="IClusterLookup"/>.</summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="configure">Settings of the cache.</param>
    /// <returns>The webhooks.</returns>
    /// <remarks>
    /// The service account needs <c>get</c>, <c>list</c> and <c>watch</c> on <c>namespaces</c>. Uses the <c>IKubernetes</c> in dependency injection,
    /// else one for the pod's service account, or outside a cluster for <c>$KUBECONFIG</c> or <c>~/.kube/config</c>. Readiness waits for the first list, but not for
    /// long, and never again.
    /// </remarks>
    public static AdmissionWebhooksBuilder AddNamespaceLookup(this AdmissionWebhooksBuilder webhooks, Action<NamespaceLookupOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        webhooks.AddClusterLookup();
        var services = webhooks.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(NamespaceCache)))
        {
            return webhooks;
        }

        services.AddOptions<NamespaceLookupOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<NamespaceLookupOptions>, NamespaceLookupOptionsValidator>();
        services.AddSingleton<NamespaceCache>();
        services.AddSingleton<INamespaceLookup>(provider => provider.GetRequiredService<NamespaceCache>());
        services.AddSingleton<IStartupGate>(provider => provider.GetRequiredService<NamespaceCache>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NamespaceCache>());
        return webhooks;
    }

    /// <summary>Adds <see cref="IClusterLookup"/>.</summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="configure">Settings.</param>
    /// <returns>The webhooks.</returns>
    /// <remarks>The service account needs <c>get</c> on whatever handlers look up. For the <c>IKubernetes</c> see <see cref="AddNamespaceLookup"/>.</remarks>
    public static AdmissionWebhooksBuilder AddClusterLookup(this AdmissionWebhooksBuilder webhooks, Action<ClusterLookupOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        var services = webhooks.Services;
        services.AddOptions<ClusterLookupOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClusterLookupOptions>, ClusterLookupOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton<IKubernetes>(_ => new Kubernetes(
            KubernetesClientConfiguration.IsInCluster() ? KubernetesClientConfiguration.InClusterConfig()
            // Only this one knows $KUBECONFIG; without it, and without a file, it would be an API server on localhost.
            : Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } ? KubernetesClientConfiguration.BuildDefaultConfig()
            : KubernetesClientConfiguration.BuildConfigFromConfigFile()));
        services.TryAddSingleton<ClusterLookup>();
        services.TryAddSingleton<IClusterLookup>(provider => provider.GetRequiredService<ClusterLookup>());
        return webhooks;
    }
}

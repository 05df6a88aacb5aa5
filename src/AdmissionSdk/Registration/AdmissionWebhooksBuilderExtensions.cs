using AdmissionSdk.Cluster;
using AdmissionSdk.Drift;
using AdmissionSdk.Recording;
using AdmissionSdk.Registration;

#pragma warning disable IDE0130 // Here so that the methods need no using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Adds what an application may have beside its webhooks: look-ups in the cluster, a drift check, a recording of reviews.</summary>
public static class AdmissionWebhooksBuilderExtensions
{
    /// <summary>Adds <see cref="IClusterLookup"/>, for handlers whose decision depends on other objects.</summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="configure">Settings.</param>
    /// <returns>The webhooks.</returns>
    /// <remarks>
    /// The service account needs <c>get</c> on whatever handlers look up. Uses the <c>IKubernetes</c> in dependency injection, else one for the pod's service
    /// account, or outside a cluster for <c>$KUBECONFIG</c> or <c>~/.kube/config</c>.
    /// </remarks>
    public static AdmissionWebhooksBuilder AddClusterLookup(this AdmissionWebhooksBuilder webhooks, Action<ClusterLookupOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        webhooks.Services.AddLookups();
        return webhooks.Configure(configure);
    }

    /// <summary>Adds <see cref="INamespaceLookup"/>, a cache of all namespaces' labels kept up by list and watch, and <see cref="IClusterLookup"/>.</summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="configure">Settings of the cache.</param>
    /// <returns>The webhooks.</returns>
    /// <remarks>
    /// The service account needs <c>get</c>, <c>list</c> and <c>watch</c> on <c>namespaces</c>. For the <c>IKubernetes</c> see <see cref="AddClusterLookup"/>.
    /// Readiness waits for the first list, but not for long, and never again.
    /// </remarks>
    public static AdmissionWebhooksBuilder AddNamespaceLookup(this AdmissionWebhooksBuilder webhooks, Action<NamespaceLookupOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        webhooks.Services.AddNamespaces();
        return webhooks.Configure(configure);
    }

    /// <summary>
    /// Compares the cluster's webhook configurations with the code now and then. Drift is a log line when it changes, the gauge
    /// <c>admission.configuration.drift</c>, and a degraded detail of <c>/readyz</c>; drift never makes the application unready.
    /// </summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="configure">Settings, such as the interval.</param>
    /// <returns>The webhooks.</returns>
    /// <remarks>
    /// The section <c>AdmissionWebhooks:Manifests</c>, which the generated Deployment sets, says which configurations are meant. The service account
    /// needs <c>get</c> on them, for which <c>manifests</c> writes a role. Uses the <c>IKubernetes</c> in dependency injection, else one for the
    /// pod's service account; elsewhere than in a pod nothing is compared.
    /// </remarks>
    public static AdmissionWebhooksBuilder AddDriftCheck(this AdmissionWebhooksBuilder webhooks, Action<DriftOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        webhooks.Services.AddDrift();
        return webhooks.Configure(configure);
    }

    /// <summary>
    /// Writes every review and its response to a file, redacted, to be replayed in tests. Off unless this is called; a warning at start says that recording is on.
    /// </summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="configure">Settings; at least the file.</param>
    /// <returns>The webhooks.</returns>
    /// <remarks>Recording never holds up or changes a response: a review that cannot be written in time is left out, and counted in a warning when the application stops.</remarks>
    public static AdmissionWebhooksBuilder AddReviewRecording(this AdmissionWebhooksBuilder webhooks, Action<RecordingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        ArgumentNullException.ThrowIfNull(configure);
        webhooks.Services.AddRecording();
        return webhooks.Configure(configure);
    }

    private static AdmissionWebhooksBuilder Configure<TOptions>(this AdmissionWebhooksBuilder webhooks, Action<TOptions>? configure)
        where TOptions : class
    {
        if (configure is not null)
        {
            webhooks.Services.Configure(configure);
        }

        return webhooks;
    }
}

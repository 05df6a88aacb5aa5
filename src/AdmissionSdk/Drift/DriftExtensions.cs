using AdmissionSdk.Drift;
using AdmissionSdk.Health;
using AdmissionSdk.Registration;
using Microsoft.Extensions.Hosting;

#pragma warning disable IDE0130 // Here so that AddDriftCheck needs no using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Adds the comparison of the cluster's webhook configurations with the code.</summary>
public static class DriftExtensions
{
    /// <summary>
    /// Compares the cluster's webhook configurations with the code now and then. Drift is a log line when it changes, the gauge
    /// <c>admission.configuration.drift</c>, a degraded detail of <c>/readyz</c>, and a <see cref="DriftReport"/>; it never makes the application unready.
    /// </summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="configure">The interval and the timeout.</param>
    /// <returns>The webhooks.</returns>
    /// <remarks>
    /// The configurations are those of the section <c>AdmissionWebhooks:Manifests</c>, which the generated Deployment sets. The service account
    /// needs <c>get</c> on them, for which <c>manifests</c> writes a role. Uses the <c>IKubernetes</c> in dependency injection, else one for the
    /// pod's service account; elsewhere than in a pod it compares nothing.
    /// </remarks>
    public static AdmissionWebhooksBuilder AddDriftCheck(this AdmissionWebhooksBuilder webhooks, Action<DriftOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        var services = webhooks.Services;
        var options = services.AddOptions<DriftOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(DriftReport)))
        {
            return webhooks;
        }

        options.Validate(value => value.Interval > TimeSpan.Zero && value.Timeout > TimeSpan.Zero, "The drift check's Interval and Timeout must be longer than zero.").ValidateOnStart();
        services.AddSingleton(new DriftReport());
        services.AddSingleton<IHostedService, DriftWatch>();
        services.AddSingleton<DriftHealthCheck>();
        services.AddHealthChecks().AddCheck<DriftHealthCheck>("admission-drift", tags: [HealthTags.Ready]);
        return webhooks;
    }
}

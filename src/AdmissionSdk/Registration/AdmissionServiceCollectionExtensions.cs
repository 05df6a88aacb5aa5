using AdmissionSdk;
using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Health;
using AdmissionSdk.Hosting;
using AdmissionSdk.Linting;
using AdmissionSdk.Manifests;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using AdmissionSdk.WarmUp;

#pragma warning disable IDE0130 // Here so that AddAdmissionWebhooks needs no using.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers admission webhooks.</summary>
public static class AdmissionServiceCollectionExtensions
{
    /// <summary>Adds what serves admission webhooks. May be called more than once; serve them with <c>app.MapAdmissionWebhooks()</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Settings of all webhooks. The configuration section <c>AdmissionWebhooks</c> wins over them.</param>
    /// <returns>A builder to add webhooks with.</returns>
    public static AdmissionWebhooksBuilder AddAdmissionWebhooks(
        this IServiceCollection services, Action<AdmissionWebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services
            .AddObservability()
            .AddSettings(configure)
            .AddTlsSettings()
            .AddManifestSettings()
            .AddRegistry()
            .AddDispatch()
            .AddHosting()
            .AddStartupCheck()
            .AddHealth()
            .AddWarmUp()
            .AddLinting();
        return new AdmissionWebhooksBuilder(services);
    }
}

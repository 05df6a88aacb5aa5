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
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

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
        var options = services.AddOptions<AdmissionWebhookOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddConfiguredOptions<AdmissionWebhookOptions, AdmissionWebhookSection, AdmissionWebhookOptionsValidator>();
        services.AddConfiguredOptions<AdmissionTlsOptions, AdmissionTlsSection, AdmissionTlsOptionsValidator>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ManifestKeysCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WebhookRegistryFactory>();
        services.TryAddSingleton(provider => provider.GetRequiredService<WebhookRegistryFactory>().Create());
        services.AddMetrics();
        services.TryAddSingleton<AdmissionMetrics>();
        services.TryAddSingleton<WebhookRuntimes>();
        services.TryAddSingleton<ReviewObserver>();
        services.TryAddSingleton<DrainState>();
        services.TryAddSingleton<BodyBudget>();
        services.TryAddSingleton<CallerGate>();
        services.TryAddSingleton<AbandonedCalls>();
        services.TryAddSingleton<WebhookDispatcher>();
        services.TryAddSingleton<AdmissionEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SettingsAtStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ThreadPoolMinimum>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DrainService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartReport>());
        AddHealthChecks(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LintAtStart>());
        return new AdmissionWebhooksBuilder(services);
    }

    private static void AddHealthChecks(IServiceCollection services)
    {
        // Two checks of one name are an error, and AddAdmissionWebhooks may be called more than once.
        if (services.Any(service => service.ServiceType == typeof(ReadinessCheck)))
        {
            return;
        }

        services.AddSingleton<ReadinessCheck>();
        services.AddSingleton<LoadCheck>();
        services.AddHealthChecks()
            .AddCheck<ReadinessCheck>("admission", tags: [HealthTags.Ready])
            .AddCheck<LoadCheck>("admission-load", tags: [HealthTags.Ready]);
    }
}

using AdmissionSdk.Health;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Drift;

/// <summary>Adds the comparison of the cluster's webhook configurations with the code.</summary>
internal static class DriftServices
{
    public static IServiceCollection AddDrift(this IServiceCollection services)
    {
        // AddDriftCheck may be called twice, and two health checks of one name are an error.
        if (services.Any(service => service.ServiceType == typeof(DriftReport)))
        {
            return services;
        }

        services.AddOptions<DriftOptions>()
            .Validate(value => value.Interval > TimeSpan.Zero && value.Timeout > TimeSpan.Zero, "The drift check's Interval and Timeout must be longer than zero.")
            .ValidateOnStart();
        services.AddSingleton(new DriftReport());
        services.AddSingleton(provider => new RegistrationRepair(
            provider.GetService<ManagedStatus>(),
            provider.GetRequiredService<AdmissionMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RegistrationRepair>>()));
        services.AddSingleton<IHostedService, DriftWatch>();
        services.AddSingleton<DriftHealthCheck>();
        services.AddHealthChecks().AddCheck<DriftHealthCheck>("admission-drift", tags: [HealthServices.ReadyTag]);
        return services;
    }
}

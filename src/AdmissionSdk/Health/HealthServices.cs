using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Health;

/// <summary>Adds the checks behind the readiness probe.</summary>
internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        // Two checks of one name are an error, and AddAdmissionWebhooks may be called more than once.
        if (services.Any(service => service.ServiceType == typeof(ReadinessCheck)))
        {
            return services;
        }

        services.AddSingleton<ReadinessCheck>();
        services.AddSingleton<LoadCheck>();
        services.AddHealthChecks()
            .AddCheck<ReadinessCheck>("admission", tags: [HealthTags.Ready])
            .AddCheck<LoadCheck>("admission-load", tags: [HealthTags.Ready]);
        return services;
    }
}

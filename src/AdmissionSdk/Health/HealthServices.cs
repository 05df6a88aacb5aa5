using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Health;

/// <summary>Adds the checks behind the readiness probe.</summary>
internal static class HealthServices
{
    /// <summary>The tag of the health checks that the readiness probe runs.</summary>
    public const string ReadyTag = "admission-ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        // AddAdmissionWebhooks may be called twice, and two checks of one name are an error.
        if (services.Any(service => service.ServiceType == typeof(ReadinessCheck)))
        {
            return services;
        }

        services.AddSingleton<ReadinessCheck>();
        services.AddSingleton<LoadCheck>();
        services.AddHealthChecks()
            .AddCheck<ReadinessCheck>("admission", tags: [ReadyTag])
            .AddCheck<LoadCheck>("admission-load", tags: [ReadyTag]);
        return services;
    }
}

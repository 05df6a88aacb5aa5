using AdmissionSdk.Configuration;
using AdmissionSdk.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Connections;

/// <summary>Adds the limits on connections and requests, with their settings.</summary>
internal static class ConnectionServices
{
    public static IServiceCollection AddConnectionLimits(this IServiceCollection services)
    {
        services.AddConfiguredOptions<AdmissionConnectionOptions, AdmissionConnectionSection, AdmissionConnectionOptionsValidator>();
        services.TryAddSingleton(_ => MemoryAllowance.OfProcess());
        services.TryAddSingleton(provider => ConnectionLimits.Of(
            provider.GetRequiredService<IOptions<AdmissionConnectionOptions>>().Value, provider.GetRequiredService<MemoryAllowance>()));
        services.TryAddSingleton<ConnectionTable>();
        services.TryAddSingleton<ConnectionCloser>();
        services.TryAddSingleton<ConnectionGuard>();
        services.TryAddSingleton<RequestAllowance>();
        return services;
    }
}

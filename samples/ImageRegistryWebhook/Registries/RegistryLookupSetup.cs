using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ImageRegistryWebhook.Registries;

/// <summary>Wires the look-ups.</summary>
internal static class RegistryLookupSetup
{
    public static IServiceCollection AddRegistryLookup(this IServiceCollection services)
    {
        services.TryAddSingleton<IRegistryLookup, OfflineRegistryLookup>();
        return services;
    }
}

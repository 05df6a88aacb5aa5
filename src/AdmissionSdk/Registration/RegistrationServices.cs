using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdmissionSdk.Registration;

/// <summary>Adds the registry of what was added and configured.</summary>
internal static class RegistrationServices
{
    public static IServiceCollection AddRegistry(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookRegistryFactory>();
        services.TryAddSingleton(provider => provider.GetRequiredService<WebhookRegistryFactory>().Create());
        return services;
    }
}

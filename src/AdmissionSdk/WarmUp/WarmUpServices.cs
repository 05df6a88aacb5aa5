using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.WarmUp;

/// <summary>Adds the first reviews of the process, which nobody sent.</summary>
internal static class WarmUpServices
{
    public static IServiceCollection AddWarmUp(this IServiceCollection services)
    {
        services.TryAddSingleton<WarmUpEndpoint>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WarmUpService>());
        return services;
    }
}

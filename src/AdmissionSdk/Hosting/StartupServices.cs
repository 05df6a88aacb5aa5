using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Hosting;

/// <summary>Adds the check before the start.</summary>
internal static class StartupServices
{
    public static IServiceCollection AddStartupCheck(this IServiceCollection services)
    {
        if (!services.Any(item => item.ImplementationType == typeof(StartupCheck)))
        {
            // Hosted services are made in the order of their registration.
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StartupCheck>());
        }

        return services;
    }
}

using AdmissionSdk.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Hosting;

/// <summary>Adds the endpoint and the way out.</summary>
internal static class HostingServices
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddConnectionLimits();
        services.TryAddSingleton<MappedState>();
        services.TryAddSingleton<DeadlineClock>();
        services.TryAddSingleton<RequestGate>();
        services.TryAddSingleton<BodyBudget>();
        services.TryAddSingleton<BodyReader>();
        services.TryAddSingleton<RejectionWriter>();
        services.TryAddSingleton<ObservedDispatcher>();
        services.TryAddSingleton<AdmissionEndpoint>();
        services.TryAddSingleton<DrainState>();
        services.TryAddSingleton<DrainGate>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AllowedHostsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ThreadPoolMinimum>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DrainService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartReport>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, RouteCheck>());
        return services;
    }
}

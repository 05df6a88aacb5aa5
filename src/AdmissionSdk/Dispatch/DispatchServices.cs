using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Dispatch;

/// <summary>Adds the webhooks as they run, and what runs their handlers.</summary>
internal static class DispatchServices
{
    public static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookRuntimes>();
        services.TryAddSingleton<AbandonedCalls>();
        services.TryAddSingleton<FailureResponses>();
        services.TryAddSingleton<HandlerChain>();
        services.TryAddSingleton<WebhookDispatcher>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SettingsAtStart>());
        return services;
    }
}

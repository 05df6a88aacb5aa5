using AdmissionSdk.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>Adds the settings of all webhooks, from code and configuration.</summary>
internal static class ConfigurationServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services, Action<AdmissionWebhookOptions>? configure)
    {
        var options = services.AddOptions<AdmissionWebhookOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AdmissionWebhookOptions>, AdmissionWebhookOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AdmissionWebhookOptions>, ConfiguredOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AdmissionWebhookOptions>, ConfiguredOptions>());
        services.TryAddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<AdmissionWebhookOptions>>().Value;
            return new AdmissionJson(ObjectJson.CreateOptions(settings.JsonTypeInfoResolver, settings.MaxObjectDepth));
        });
        return services;
    }
}

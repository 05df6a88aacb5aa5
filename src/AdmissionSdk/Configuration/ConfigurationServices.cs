using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>Adds settings, from code and from sections of the configuration, which win.</summary>
internal static class ConfigurationServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services, Action<AdmissionWebhookOptions>? configure)
    {
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddConfiguredOptions<AdmissionWebhookOptions, AdmissionWebhookSection, AdmissionWebhookOptionsValidator>();
        services.TryAddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<IOptions<AdmissionWebhookOptions>>().Value;
            return new AdmissionJson(ObjectJson.CreateOptions(settings.JsonTypeInfoResolver, settings.MaxObjectDepth));
        });
        return services;
    }

    /// <summary>Adds options that are checked before the start, with everything else of the SDK.</summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <typeparam name="TSection">Their section.</typeparam>
    /// <typeparam name="TValidator">The rules for their values, whatever the source.</typeparam>
    public static IServiceCollection AddConfiguredOptions<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSection,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator>(this IServiceCollection services)
        where T : class, new()
        where TSection : ConfiguredOptions<T>
        where TValidator : class, IValidateOptions<T>
    {
        services.AddOptions<StartCheck>().ValidateOnStart();
        services.TryAddSingleton<ConfiguredWebhooks>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StartCheck>, StartCheckValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<T>, TSection>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, TSection>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, TValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, OptionsCheck<T>>());
        return services;
    }
}

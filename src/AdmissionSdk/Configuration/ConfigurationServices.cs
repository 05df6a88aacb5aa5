using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>Registers options that a section of the configuration wins over.</summary>
internal static class ConfigurationServices
{
    /// <summary>Adds options that are checked before the start, with everything else of the SDK's.</summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <typeparam name="TSection">Their section.</typeparam>
    /// <typeparam name="TValidator">The rules for their values, whatever the source.</typeparam>
    public static void AddConfiguredOptions<
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
    }
}

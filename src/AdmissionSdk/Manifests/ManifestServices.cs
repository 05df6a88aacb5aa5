using AdmissionSdk.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdmissionSdk.Manifests;

/// <summary>Adds the check of the manifests' section.</summary>
internal static class ManifestServices
{
    public static IServiceCollection AddManifestSettings(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ManifestKeysCheck>());
        return services;
    }
}

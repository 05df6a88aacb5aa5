using AdmissionSdk.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Certificates;

/// <summary>Adds the settings of the listener, whose section is checked also in an application without the listener.</summary>
internal static class TlsServices
{
    public static IServiceCollection AddTlsSettings(this IServiceCollection services) =>
        services.AddConfiguredOptions<AdmissionTlsOptions, AdmissionTlsSection, AdmissionTlsOptionsValidator>();
}

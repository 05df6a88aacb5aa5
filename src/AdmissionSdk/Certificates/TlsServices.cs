using AdmissionSdk.Configuration;
using AdmissionSdk.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Certificates;

/// <summary>Adds the settings of the listener and of its connections, whose sections are checked also in an application without the listener.</summary>
internal static class TlsServices
{
    public static IServiceCollection AddTlsSettings(this IServiceCollection services) =>
        services.AddConnectionLimits().AddConfiguredOptions<AdmissionTlsOptions, AdmissionTlsSection, AdmissionTlsOptionsValidator>();
}

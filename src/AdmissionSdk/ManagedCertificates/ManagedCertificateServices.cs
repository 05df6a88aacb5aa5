using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using AdmissionSdk.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>Adds managed certificates, which do nothing unless the mode says so: the configuration may choose the mode.</summary>
internal static class ManagedCertificateServices
{
    private const string CheckName = "admission-certificates";

    public static IServiceCollection AddManagedCertificates(this IServiceCollection services)
    {
        // AddAdmissionTls may be called twice.
        if (services.Any(service => service.ServiceType == typeof(ManagedStatus)))
        {
            return services;
        }

        services.AddSingleton<ManagedStatus>();
        services.AddSingleton<ManagedHealthCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AdmissionTlsOptions>, ManagedInDevelopment>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ManagedTargetCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CertificateManager>());
        services.AddOptions<HealthCheckServiceOptions>().Configure<IOptions<AdmissionTlsOptions>>(static (health, tls) =>
        {
            if (IsManaged(tls))
            {
                health.Registrations.Add(new HealthCheckRegistration(
                    CheckName, static provider => provider.GetRequiredService<ManagedHealthCheck>(), failureStatus: null, tags: [HealthServices.ReadyTag]));
            }
        });
        return services;
    }

    private static bool IsManaged(IOptions<AdmissionTlsOptions> tls)
    {
        try
        {
            return tls.Value.EffectiveMode == CertificateMode.Managed;
        }
        catch (OptionsValidationException)
        {
            // The start is refused for them, in one line where there is a command line.
            return false;
        }
    }
}

using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using AdmissionSdk.Manifests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>Refuses a section <c>Manifests</c> that cannot be read, from which managed certificates take their names; other applications start without it.</summary>
internal sealed class ManagedTargetCheck(IServiceProvider services, IHostEnvironment? environment = null, IConfiguration? configuration = null) : IConfigurationCheck
{
    public IEnumerable<string> Find()
    {
        try
        {
            if (configuration is not null && environment is not null && services.GetService(typeof(IOptions<AdmissionTlsOptions>)) is IOptions<AdmissionTlsOptions> { Value.EffectiveMode: CertificateMode.Managed })
            {
                ManifestOptions.FromConfiguration(configuration, environment.ApplicationName);
            }

            return [];
        }
        catch (OptionsValidationException)
        {
            // Reported for what it is.
            return [];
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            return [exception.Message];
        }
    }
}

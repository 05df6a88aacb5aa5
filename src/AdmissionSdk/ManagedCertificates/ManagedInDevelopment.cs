using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>Serves a development certificate on a developer's machine, where the code asks for managed certificates without a cluster to share them in.</summary>
internal sealed class ManagedInDevelopment(IServiceProvider services, IHostEnvironment? environment = null) : IPostConfigureOptions<AdmissionTlsOptions>
{
    public void PostConfigure(string? name, AdmissionTlsOptions options)
    {
        if (options.Mode == CertificateMode.Managed && environment?.IsDevelopment() == true && !OwnCluster.IsKnown(services))
        {
            options.Mode = CertificateMode.Development;
        }
    }
}

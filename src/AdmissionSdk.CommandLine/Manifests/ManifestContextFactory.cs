using AdmissionSdk.Certificates;
using AdmissionSdk.Cluster;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Drift;
using AdmissionSdk.Manifests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Collects the facts of an installation from the built application.</summary>
internal static class ManifestContextFactory
{
    public static ManifestContext Create(CommandContext command, ManifestOptions target, DeploymentOptions deployment) =>
        new(command.GetRegistry(), target, deployment, ReadFacts(command.Services, deployment));

    private static HostFacts ReadFacts(IServiceProvider services, DeploymentOptions deployment)
    {
        // Resolving one of these services would need a cluster, so the container is asked only if the service is registered.
        var known = services.GetService<IServiceProviderIsService>();
        return new HostFacts(
            deployment.OwnTlsPort ?? (services.GetService<IOptions<AdmissionTlsOptions>>()?.Value ?? new AdmissionTlsOptions()).Port,
            known?.IsService(typeof(ServingCertificate)) == true,
            known?.IsService(typeof(INamespaceLookup)) == true,
            known?.IsService(typeof(DriftReport)) == true);
    }
}

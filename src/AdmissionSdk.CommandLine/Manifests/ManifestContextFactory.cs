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
        new(command.GetRegistry(), target, deployment, ReadFacts(command.Services, target, deployment));

    /// <summary>Gets the name of the Secret of managed certificates.</summary>
    public static string ReadManagedSecret(IServiceProvider services, ManifestOptions target) => ReadTls(services).ManagedCertificates.SecretNameOf(target.App);

    /// <summary>True if the application puts its registration back, so that its configurations carry a mark.</summary>
    public static bool RepairsDrift(IServiceProvider services) => services.GetService<IOptions<DriftOptions>>()?.Value.RepairDrift == true;

    private static AdmissionTlsOptions ReadTls(IServiceProvider services) =>
        services.GetService<IOptions<AdmissionTlsOptions>>()?.Value ?? new AdmissionTlsOptions();

    /// <summary>Reads the facts about the built application.</summary>
    public static HostFacts ReadFacts(IServiceProvider services, ManifestOptions target, DeploymentOptions deployment)
    {
        var tls = ReadTls(services);

        // Resolving one of these services would need a cluster, so the container is asked only if the service is registered.
        var known = services.GetService<IServiceProviderIsService>();
        return new HostFacts(
            deployment.OwnTlsPort ?? tls.Port,
            known?.IsService(typeof(ServingCertificate)) == true,
            known?.IsService(typeof(INamespaceLookup)) == true,
            tls.ManagedCertificates.SecretNameOf(target.App),
            known?.IsService(typeof(DriftReport)) == true,
            RepairsDrift(services));
    }
}

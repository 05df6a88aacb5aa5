using AdmissionSdk.Certificates;
using AdmissionSdk.Cluster;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Drift;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Collects what an installation is made from out of the built application.</summary>
internal static class ManifestContextFactory
{
    public static ManifestContext Create(AdmissionCommandLine commandLine, ManifestOptions target)
    {
        return new ManifestContext(Registry(commandLine.Services), target, commandLine.Deployment, Facts(commandLine));
    }

    /// <summary>The application's webhooks, of which there must be one, unless the command is about what an earlier version left in a cluster.</summary>
    public static WebhookRegistry Registry(IServiceProvider services, bool mayBeEmpty = false)
    {
        var registry = services.GetService<WebhookRegistry>()
            ?? throw new CommandException("there are no admission webhooks: call builder.Services.AddAdmissionWebhooks() in Program.cs.");
        return mayBeEmpty || registry.Webhooks.Count > 0
            ? registry
            : throw new CommandException("there are no admission webhooks: add one with AddMutator, AddValidator, AddMutating or AddValidating in Program.cs.");
    }

    private static HostFacts Facts(AdmissionCommandLine commandLine)
    {
        var services = commandLine.Services;

        // Asked whether they are there, and not for themselves: they need a cluster.
        var known = services.GetService<IServiceProviderIsService>();
        return new HostFacts(
            commandLine.Deployment.OwnTlsPort ?? (services.GetService<IOptions<AdmissionTlsOptions>>()?.Value ?? new AdmissionTlsOptions()).Port,
            known?.IsService(typeof(ServingCertificate)) == true,
            known?.IsService(typeof(INamespaceLookup)) == true,
            known?.IsService(typeof(DriftReport)) == true);
    }
}

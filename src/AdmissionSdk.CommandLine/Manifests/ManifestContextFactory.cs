using AdmissionSdk.Certificates;
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
        var services = commandLine.Services;
        var tls = services.GetService<IOptions<AdmissionTlsOptions>>()?.Value ?? new AdmissionTlsOptions();
        return new ManifestContext(Registry(services), target, commandLine.Deployment, tls.Port);
    }

    public static WebhookRegistry Registry(IServiceProvider services)
    {
        var registry = services.GetService<WebhookRegistry>()
            ?? throw new CommandException("there are no admission webhooks: call builder.Services.AddAdmissionWebhooks() in Program.cs.");
        return registry.Webhooks.Count > 0
            ? registry
            : throw new CommandException("there are no admission webhooks: add one with AddMutator, AddValidator, AddMutating or AddValidating in Program.cs.");
    }
}

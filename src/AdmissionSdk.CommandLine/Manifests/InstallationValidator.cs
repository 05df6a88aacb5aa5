using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Manifests;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Finds what would be installed and not work, before it is written.</summary>
internal static class InstallationValidator
{
    private static readonly Version MatchConditionsSince = new(1, 28);
    private static readonly Version StaticSince = new(1, 36);

    public static IEnumerable<string> Validate(CommandContext command, ManifestContext context, ManifestFormat format)
    {
        var target = context.Target;
        foreach (var problem in WebhookConfigurations.Create(context.Registry, target).SelectMany(WebhookConfigurationValidator.Validate))
        {
            yield return problem;
        }

        foreach (var webhook in context.Registry.Webhooks.Where(webhook => webhook.MatchConditions.Count > 0 && target.KubeVersion < MatchConditionsSince))
        {
            yield return $"{webhook.Name}: Kubernetes {target.KubeVersion} ignores match conditions without a word; take them out, or use {MatchConditionsSince} or newer (--kube-version).";
        }

        if (target.StaticManifests && target.KubeVersion < StaticSince)
        {
            yield return $"Kubernetes {target.KubeVersion} has no static manifests; use {StaticSince} (--kube-version), or another --format.";
        }

        if (target is { Url: null, StaticManifests: false, CaBundle: null, InjectCaFrom: null })
        {
            yield return "nothing gives the API server a CA to trust the webhooks by, and no public CA issues certificates for a Service: pass --ca-file FILE, or --certificates certManager.";
        }

        if (format is ManifestFormat.Webhooks or ManifestFormat.Static)
        {
            yield break;
        }

        foreach (var problem in Program(command, context))
        {
            yield return problem;
        }
    }

    // Each of these is a Deployment whose pods never become ready.
    private static IEnumerable<string> Program(CommandContext command, ManifestContext context)
    {
        if (!context.Host.ServesTls && context.Deployment.OwnTlsPort is null)
        {
            yield return "the application does not listen with TLS: call builder.Services.AddAdmissionTls() in Program.cs, or say the port of a TLS listener of its own, commandLine.Deployment.OwnTlsPort.";
        }

        var endpoints = command.Endpoints;
        if (!context.Registry.Webhooks.All(webhook => endpoints.Answers(webhook.Path, context.Port)))
        {
            yield return "the application does not serve its webhooks: call app.MapAdmissionWebhooks() in Program.cs.";
        }

        foreach (var path in Probes(Installation.Deployment(command, context)).Distinct(StringComparer.Ordinal).Where(path => !endpoints.Answers(path, context.Port)))
        {
            yield return endpoints.Answers(path, port: null)
                ? $"the application answers {path} on another port than {context.Port}, where the probes ask: call app.MapAdmissionHealthChecks() without a port, or change the probes with EditDeployment."
                : $"the application does not answer {path}, which the probes ask: call app.MapAdmissionHealthChecks() in Program.cs, or change the probes with EditDeployment.";
        }
    }

    private static IEnumerable<string> Probes(V1Deployment deployment) =>
        from container in deployment.Spec?.Template?.Spec?.Containers ?? []
        from probe in new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }
        where probe?.HttpGet is { Path: not null } http && http.Port?.Value == Parts.PortName
        select probe.HttpGet.Path;
}

using AdmissionSdk.CommandLine.Conditions;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Manifests;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Finds parts of an installation that would not work, before a file is written.</summary>
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

        foreach (var problem in new CelConditionJudge().FindProblems(context.Registry.Webhooks, target.KubeVersion))
        {
            yield return problem;
        }

        foreach (var problem in GuardPolicies.Validate(context.Registry, target).Concat(GuardPolicyJudge.FindProblems(context.Registry, target)))
        {
            yield return problem;
        }

        foreach (var webhook in context.Registry.Webhooks.Where(webhook => webhook.MatchConditions.Count > 0 && target.KubeVersion < MatchConditionsSince))
        {
            yield return $"{webhook.Name}: Kubernetes {target.KubeVersion} ignores match conditions without an error; remove the match conditions, or use {MatchConditionsSince} or newer (--kube-version).";
        }

        if (target.StaticManifests && target.KubeVersion < StaticSince)
        {
            yield return $"Kubernetes {target.KubeVersion} has no static manifests; use {StaticSince} or newer (--kube-version), or another --format.";
        }

        if (!context.IsManaged && target is { Url: null, StaticManifests: false, CaBundle: null, InjectCaFrom: null })
        {
            yield return "the API server has no CA bundle to trust the webhooks, and no public CA issues certificates for a Service: pass --ca-file FILE (`certificates` makes a CA), or --certificates managed or certManager.";
        }

        if (format is ManifestFormat.Webhooks or ManifestFormat.Static)
        {
            yield break;
        }

        foreach (var problem in ValidateProgram(command, context))
        {
            yield return problem;
        }
    }

    // Each of these problems keeps the pods of the Deployment unready.
    private static IEnumerable<string> ValidateProgram(CommandContext command, ManifestContext context)
    {
        if (!context.Host.ServesTls && context.Deployment.OwnTlsPort is null)
        {
            yield return "the application does not listen with TLS: call builder.Services.AddAdmissionTls() in Program.cs, or set commandLine.Deployment.OwnTlsPort to the port of its own TLS listener.";
        }

        if (context is { IsManaged: true, Deployment.OwnTlsPort: not null })
        {
            yield return "managed certificates are those of AddAdmissionTls, and commandLine.Deployment.OwnTlsPort says that the application has a TLS listener of its own: pass --certificates certManager or secret, or call AddAdmissionTls() in its place.";
        }

        var endpoints = command.Endpoints;
        if (!context.Registry.Webhooks.All(webhook => endpoints.Serves(webhook.Path, context.Port)))
        {
            yield return "the application does not serve its webhooks: call app.MapAdmissionWebhooks() in Program.cs.";
        }

        foreach (var path in FindProbePaths(Installation.Deployment(command, context)).Distinct(StringComparer.Ordinal).Where(path => !endpoints.Serves(path, context.Port)))
        {
            yield return endpoints.Serves(path, port: null)
                ? $"the application serves {path} on another port than {context.Port}, the port of the probes: call app.MapAdmissionHealthChecks() without a port, or change the probes with EditDeployment."
                : $"the application does not serve {path}, the path of a probe: call app.MapAdmissionHealthChecks() in Program.cs, or change the probes with EditDeployment.";
        }
    }

    private static IEnumerable<string> FindProbePaths(V1Deployment deployment) =>
        from container in deployment.Spec?.Template?.Spec?.Containers ?? []
        from probe in new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }
        where probe?.HttpGet is { Path: not null } http && http.Port?.Value == Parts.PortName
        select probe.HttpGet.Path;
}

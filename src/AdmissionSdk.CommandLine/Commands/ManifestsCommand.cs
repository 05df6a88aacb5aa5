using System.CommandLine;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Writes everything the application needs in a cluster. Touches no cluster.</summary>
internal static class ManifestsCommand
{
    private static readonly Version MatchConditionsSince = new(1, 28);

    public static Command Create(AdmissionCommandLine commandLine)
    {
        var target = new TargetOptions();
        var output = new Option<string?>("--out") { Description = "Write files into this directory, removing generated ones that are no longer needed. Default: standard output.", HelpName = "DIRECTORY" };
        var format = new Option<ManifestFormat>("--format") { Description = "plain: files for kubectl; kustomize: also a kustomization.yaml; helm: a chart to start from; webhooks: only the webhook configurations; static: those as files for the API server's staticManifestsDir (Kubernetes 1.36, alpha; needs --url).", HelpName = "plain|kustomize|helm|webhooks|static" };
        var image = new Option<string?>("--image") { Description = "The container image.", HelpName = "IMAGE" };
        var replicas = new Option<int?>("--replicas") { Description = "How many replicas. Default: 2.", HelpName = "NUMBER" };
        var certificates = new Option<CertificateSource?>("--certificates") { Description = "certManager: cert-manager makes the serving certificate; secret: it is in the secret APP-tls, and --ca-file is what the API server trusts. Default: certManager.", HelpName = "certManager|secret" };
        var command = new Command("manifests", "Writes the webhook configurations, and the Deployment, Service and all else the application needs, as YAML. The same input gives the same bytes.");
        command.Add(output);
        command.Add(format);
        command.Add(image);
        command.Add(replicas);
        command.Add(certificates);
        target.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var deployment = commandLine.Deployment;
            deployment.Image = parsed.GetValue(image) ?? deployment.Image;
            deployment.Replicas = parsed.GetValue(replicas) ?? deployment.Replicas;
            deployment.Certificates = parsed.GetValue(certificates) ?? deployment.Certificates;
            var files = Write(commandLine, target.Read(parsed, commandLine), parsed.GetValue(format));
            if (parsed.GetValue(output) is { } directory)
            {
                await ManifestDirectory.WriteAsync(directory, files, cancellationToken);
            }
            else
            {
                await parsed.InvocationConfiguration.Output.WriteAsync(string.Join("---\n", files.Select(file => $"# {file.Path}\n{file.Text}")));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static IReadOnlyList<(string Path, string Text)> Write(AdmissionCommandLine commandLine, ManifestOptions target, ManifestFormat format)
    {
        target = target with { StaticManifests = format == ManifestFormat.Static };
        var context = ManifestContextFactory.Create(commandLine, target);
        Check(context);
        return ManifestWriter.Write(commandLine, context, format);
    }

    private static void Check(ManifestContext context)
    {
        var target = context.Target;
        List<string> problems = [.. TargetProblems(target)];
        if (problems.Count == 0)
        {
            problems.AddRange(WebhookConfigurations.Create(context.Registry, target).SelectMany(WebhookConfigurationValidator.Validate));
        }

        problems.AddRange(
            from webhook in context.Registry.Webhooks
            where webhook.MatchConditions.Count > 0 && target.KubeVersion < MatchConditionsSince
            select $"{webhook.Name}: Kubernetes {target.KubeVersion} ignores match conditions without a word; take them out, or use 1.28 or newer (--kube-version).");
        if (problems.Count > 0)
        {
            throw new CommandException(string.Join(Environment.NewLine + "error: ", problems));
        }
    }

    private static IEnumerable<string> TargetProblems(ManifestOptions target)
    {
        foreach (var (option, value) in new[] { ("--app", target.App), ("--namespace", target.Namespace), ("--service", target.ServiceName) })
        {
            if (value.Length is 0 or > 63 || !value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || !char.IsAsciiLetter(value[0]) || value[^1] == '-')
            {
                yield return $"{option} is '{value}': use at most 63 lower-case letters, digits and '-', beginning with a letter.";
            }
        }
    }
}

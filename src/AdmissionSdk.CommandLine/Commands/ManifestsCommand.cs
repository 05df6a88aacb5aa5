using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Writes everything that the application needs in a cluster, without a cluster.</summary>
internal static class ManifestsCommand
{
    public static Command Create(CommandContext context)
    {
        var target = new TargetOptions();
        var output = new Option<string?>("--out") { Description = "Write files into this directory, and remove older generated files that are not needed any more. Default: standard output.", HelpName = "DIRECTORY" };
        var format = new Option<ManifestFormat>("--format") { Description = "plain: files for kubectl; kustomize: also a kustomization.yaml; helm: a chart to start from; webhooks: only the webhook configurations; static: the webhook configurations as files for the API server's staticManifestsDir (Kubernetes 1.37, or 1.36 with the gate ManifestBasedAdmissionControlConfig; needs --url).", HelpName = "plain|kustomize|helm|webhooks|static", CustomParser = OptionValue.ParseWord<ManifestFormat> };
        var image = new Option<string?>("--image") { Description = "The container image.", HelpName = "IMAGE" };
        var replicas = new Option<int?>("--replicas") { Description = "The number of replicas. Default: 2.", HelpName = "NUMBER", CustomParser = OptionValue.ParseNumber };
        var command = new Command("manifests", "Writes the webhook configurations, the Deployment, the Service and everything else that the application needs, as YAML. The same input gives the same bytes.");
        command.Add(output);
        command.Add(format);
        command.Add(image);
        command.Add(replicas);
        target.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var options = target.Read(parsed, context);
            var deployment = context.Deployment.Copy();
            deployment.Certificates = target.ReadCertificates(parsed, context, options);
            deployment.Image = parsed.GetValue(image) ?? deployment.Image;
            deployment.Replicas = parsed.GetValue(replicas) ?? deployment.Replicas;
            var files = Write(context, options, deployment, parsed.GetValue(format));
            if (parsed.GetValue(output) is { } directory)
            {
                await ManifestDirectory.WriteAsync(directory, files, cancellationToken);
            }
            else
            {
                // A partial guard says so before everything else.
                var first = files.Where(file => GuardPolicyManifests.IsPartialLine(file.Text)).Select(file => file.Text[..(file.Text.IndexOf('\n', StringComparison.Ordinal) + 1)]).Distinct();
                await parsed.InvocationConfiguration.Output.WriteAsync(string.Concat(first) + string.Join("---\n", files.Select(file => $"# {file.Path}\n{file.Text}")));
            }

            if (deployment is { Certificates: CertificateSource.Secret } && parsed.GetValue(format) is not (ManifestFormat.Webhooks or ManifestFormat.Static))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"note: {CertificateSecret.Describe(ManifestContextFactory.Create(context, options, deployment))}");
            }

            return CommandExitCodes.Success;
        });
        return command;
    }

    private static IReadOnlyList<(string Path, string Text)> Write(CommandContext command, ManifestOptions target, DeploymentOptions deployment, ManifestFormat format)
    {
        if (format == ManifestFormat.Static)
        {
            // cert-manager fills CA bundles into objects of the API, not into files.
            target = target.With(copy => (copy.StaticManifests, copy.InjectCaFrom) = (true, null));
        }

        var context = ManifestContextFactory.Create(command, target, deployment);
        CommandException.ThrowIfAny([.. InstallationValidator.Validate(command, context, format)]);
        return ManifestWriter.Write(command, context, format);
    }
}

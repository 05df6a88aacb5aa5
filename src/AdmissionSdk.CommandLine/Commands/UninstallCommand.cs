using System.CommandLine;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Takes everything of an installation out of a cluster.</summary>
internal static class UninstallCommand
{
    public const string Name = "uninstall";

    public static Command Create(CommandContext context)
    {
        var (target, clusterOptions) = (new TargetOptions(), new ClusterOptions());
        var dryRun = new Option<bool>("--dry-run") { Description = "Name what would be deleted, and delete nothing." };
        var deleteNamespace = new Option<bool>("--delete-namespace") { Description = "Also delete the application's namespace, with everything in it." };
        var command = new Command(
            Name,
            "Deletes every object in the cluster that carries this application's labels: webhook configurations and policies first, so that the API server stops calling before anything it calls is gone. Exit code 2 if something could not be deleted.");
        command.Add(dryRun);
        command.Add(deleteNamespace);
        target.AddTo(command);
        clusterOptions.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var options = target.Read(parsed, context);
            var isDryRun = parsed.GetValue(dryRun);
            using var client = clusterOptions.Connect(parsed);
            var uninstaller = new Uninstaller(client, options, isDryRun);
            var manifests = new ManifestContext(context.GetRegistry(mayBeEmpty: true), options, context.Deployment, ManifestContextFactory.ReadFacts(context.Services, options, context.Deployment));
            List<InstalledKind> kinds = [.. InstalledKinds.Order(context.AddedObjects.Select(create => OwnObject.Complete(create(manifests), manifests)))];
            if (parsed.GetValue(deleteNamespace))
            {
                kinds.Add(InstalledKinds.Namespace);
            }

            var (failed, count) = (false, 0);
            foreach (var kind in kinds)
            {
                await foreach (var (line, isProblem) in uninstaller.DeleteAsync(kind, cancellationToken))
                {
                    failed |= isProblem;
                    count++;
                    await (isProblem ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output).WriteLineAsync(
                        isProblem ? $"error: {SafeText.ToLine(line)}" : $"{SafeText.ToLine(line)}{(isDryRun ? " (dry run)" : "")}");
                }
            }

            if (count == 0)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"nothing in the cluster carries the labels of {options.App} in {options.Namespace}");
            }

            return failed ? CommandExitCodes.Failure : CommandExitCodes.Success;
        });
        return command;
    }
}

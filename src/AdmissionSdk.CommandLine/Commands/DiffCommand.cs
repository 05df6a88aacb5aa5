using System.CommandLine;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Context;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Compares code and cluster.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandContext context)
    {
        var (target, clusterOptions) = (new TargetOptions(), new ClusterOptions());
        var command = new Command("diff", "Shows where the cluster's webhook configurations differ from the code. Exit code 0: nowhere; 1: somewhere; 2: could not look.");
        target.AddTo(command);
        clusterOptions.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var options = target.Read(parsed, context);
            using var client = clusterOptions.Connect(parsed);
            var drifts = await DriftFinder.FindAsync(
                new ClusterConfigurations(client), context.GetRegistry(mayBeEmpty: true), options, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var configuration in drifts.GroupBy(drift => drift.Configuration, StringComparer.Ordinal))
            {
                await output.WriteLineAsync(configuration.Key);
                foreach (var drift in configuration)
                {
                    await output.WriteLineAsync($"  {DriftFinder.Describe(drift)}");
                }
            }

            return drifts.Count == 0 ? ExitCodes.Success : ExitCodes.Findings;
        });
        return command;
    }
}

using System.CommandLine;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Compares the webhook configurations of code and cluster.</summary>
internal static class DiffCommand
{
    public static Command Create(CommandContext context)
    {
        var (target, clusterOptions) = (new TargetOptions(), new ClusterOptions());
        var command = new Command("diff", "Shows every difference between the code and the cluster's webhook configurations and guard policies. Exit code 0: no difference; 1: a difference; 2: the cluster could not be read.");
        target.AddTo(command);
        clusterOptions.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var options = target.Read(parsed, context);
            using var client = clusterOptions.Connect(parsed);
            var registry = context.GetRegistry(mayBeEmpty: true);
            List<FieldDrift> drifts =
            [
                .. await DriftFinder.FindAsync(new ClusterConfigurations(client), registry, options, cancellationToken),
                .. await PolicyDriftFinder.FindAsync(new ClusterPolicies(client), registry, options, cancellationToken),
            ];
            var output = parsed.InvocationConfiguration.Output;
            foreach (var configuration in drifts.GroupBy(drift => drift.Configuration, StringComparer.Ordinal))
            {
                await output.WriteLineAsync(SafeText.ToLine(configuration.Key));
                foreach (var drift in configuration)
                {
                    await output.WriteLineAsync($"  {SafeText.ToLine(DriftFinder.Describe(drift))}");
                }
            }

            return drifts.Count == 0 ? CommandExitCodes.Success : CommandExitCodes.Findings;
        });
        return command;
    }
}

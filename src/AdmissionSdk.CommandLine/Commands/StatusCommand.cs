using System.CommandLine;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Prints a table of the webhooks, with their reachability, their trust and their drift.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var (target, clusterOptions) = (new TargetOptions(), new ClusterOptions());
        var command = new Command("status", "Shows for each webhook the ready pods behind its Service, the end of the API server's trust, and the drift from the code, also of guard policies. Exit code 1 if a webhook is not well.");
        target.AddTo(command);
        clusterOptions.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var options = target.Read(parsed, context);
            var registry = context.GetRegistry(mayBeEmpty: true);
            using var client = clusterOptions.Connect(parsed);
            var time = (TimeProvider?)context.Services.GetService(typeof(TimeProvider)) ?? TimeProvider.System;
            var reader = new StatusReader(client, time);
            var rows = await reader.ReadAsync(registry, options, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteAsync(Table.Write(
                ["WEBHOOK", "TYPE", "REACHABLE", "CERTIFICATE", "DRIFT"],
                rows.Select(row => new[] { row.Webhook, row.Type, row.Reachable.Text, row.Certificate.Text, row.Drift.Text })));
            foreach (var note in reader.Notes)
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(SafeText.ToLine(note));
            }

            return rows.All(row => row.Reachable.IsWell && row.Certificate.IsWell && row.Drift.IsWell) ? CommandExitCodes.Success : CommandExitCodes.Findings;
        });
        return command;
    }
}

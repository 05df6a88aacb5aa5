using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Linting;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Judges the webhooks without a cluster.</summary>
internal static class LintCommand
{
    public static Command Create(CommandContext context)
    {
        var target = new TargetOptions();
        var format = new Option<LintFormat>("--output") { Description = "How to write the findings.", HelpName = "text|json|sarif" };
        var strict = new Option<bool>("--strict") { Description = "Also fail on warnings." };
        var source = new Option<string>("--source") { Description = "The file that code scanning shows SARIF findings at, relative to the repository. Default: Program.cs.", HelpName = "FILE", DefaultValueFactory = _ => "Program.cs" };
        var command = new Command("lint", "Looks for ways in which these webhooks could hurt a cluster. Exit code 1 if an error is among them.");
        command.Add(format);
        command.Add(strict);
        command.Add(source);
        target.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var findings = AdmissionLint.Run(context.GetRegistry(), target.Read(parsed, context));
            await parsed.InvocationConfiguration.Output.WriteAsync(LintReport.Write(findings, parsed.GetValue(format), parsed.GetValue(source)!));
            var worst = parsed.GetValue(strict) ? LintSeverity.Warning : LintSeverity.Error;
            return findings.Any(finding => finding.Rule.Severity >= worst) ? ExitCodes.Findings : ExitCodes.Success;
        });
        return command;
    }
}

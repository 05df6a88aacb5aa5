using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Linting;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Judges the webhooks without a cluster.</summary>
internal static class LintCommand
{
    public static Command Create(CommandContext context)
    {
        var target = new TargetOptions();
        var format = ReportOption.Create();
        var strict = new Option<bool>("--strict") { Description = "Also fail on warnings." };
        var source = new Option<string>("--source")
        {
            Description = "The file at which reports with places show the findings, relative to the repository. Default: Program.cs.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "Program.cs",
        };
        var command = new Command("lint", "Looks for ways in which these webhooks could hurt a cluster. Exit code 1 if an error is among the findings.");
        command.Add(format);
        command.Add(strict);
        command.Add(source);
        target.AddTo(command);
        command.SetGuardedAction((parsed, _) =>
        {
            var worst = parsed.GetValue(strict) ? FindingLevel.Warning : FindingLevel.Error;
            List<Finding> findings =
                [.. AdmissionLint.Run(context.GetRegistry(), target.Read(parsed, context)).Select(finding => ToFinding(finding, parsed.GetValue(source)!))];
            Write(findings, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            return Task.FromResult(findings.Any(finding => finding.Level >= worst) ? CommandExitCodes.Findings : CommandExitCodes.Success);
        });
        return command;
    }

    private static void Write(List<Finding> findings, ReportFormat format, TextWriter output)
    {
        var report = format == ReportFormat.Text ? new RuleReport(output) : FindingReport.Create(format, output, "AdmissionSdk", "findings");
        findings.ForEach(report.Add);
        report.Complete();
    }

    // Code scanning shows nothing without a file and a line; a registration has no better place than the program.
    private static Finding ToFinding(LintFinding finding, string source) => new()
    {
        File = source,
        IsFromRoot = true,
        Line = 1,
        Column = 1,
        Level = finding.Rule.Severity switch
        {
            LintSeverity.Error => FindingLevel.Error,
            LintSeverity.Warning => FindingLevel.Warning,
            _ => FindingLevel.Note,
        },
        Verdict = finding.Rule.Severity.ToString().ToLowerInvariant(),
        Rule = finding.Rule.Id,
        Subject = finding.Webhook ?? "",
        Message = finding.Message,
        Explanation = new ReportRule(finding.Rule.Title, finding.Rule.Explanation, finding.Rule.Fix),
    };
}

using System.CommandLine;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Tells if the webhooks would allow these manifests.</summary>
internal static class CheckCommand
{
    public const string Name = "check";

    public static Command Create(CommandContext context)
    {
        var options = new ReviewOptions();
        var output = ReportOption.Create();
        var strict = new Option<bool>("--strict") { Description = "Also fail on warnings and on changes by mutators." };
        var command = new Command(Name, "Runs this application's own handlers over manifests, mutators first, as a dry run of creating each object. Exit code 1 if an object is denied, 2 if something could not be read or decided.");
        options.AddTo(command);
        command.Add(output);
        command.Add(strict);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var worst = parsed.GetValue(strict) ? FindingLevel.Note : FindingLevel.Error;
            var report = FindingReport.Create(parsed.GetValue(output), parsed.InvocationConfiguration.Output, "AdmissionSdk", "objects");
            var source = options.CreateSource(parsed, report);
            var found = false;
            await foreach (var (_, reviewed) in ReviewRun.RunAsync(source, options.CreateReviewer(parsed, context, source), cancellationToken))
            {
                found |= reviewed.Findings.Any(finding => finding.Level >= worst && finding is not { Level: FindingLevel.Note, Verdict: ReviewedObject.ExcludedVerdict });
                foreach (var finding in ToFindings(reviewed))
                {
                    report.Add(finding);
                }
            }

            SummaryLine.Write(parsed, parsed.GetValue(output) == ReportFormat.Text, source);
            report.Complete();
            found |= parsed.GetValue(strict) && source.Warned;
            return source.Failed ? CommandExitCodes.Failure : found ? CommandExitCodes.Findings : CommandExitCodes.Success;
        });
        return command;
    }

    // An object counts once, however many findings it has.
    private static List<Finding> ToFindings(ReviewedObject reviewed)
    {
        if (reviewed.Findings.Count == 0 && reviewed.IsClaimed && reviewed.Failures.Count == 0)
        {
            var (item, node) = (reviewed.Object, reviewed.Object.Node);
            return
            [
                new Finding { File = item.File, Line = node.Line, Column = node.Column, Level = FindingLevel.None, Verdict = "allow", Rule = Name, Subject = item.Title, Message = "allowed as it is" },
            ];
        }

        foreach (var further in reviewed.Findings.Skip(1))
        {
            further.IsFurther = true;
        }

        return reviewed.Findings;
    }
}

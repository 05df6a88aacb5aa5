using System.CommandLine;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Rewriting;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Writes the mutators' changes into manifests.</summary>
internal static class RewriteCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new ReviewOptions();
        var outputOptions = new ManifestOutputOptions();
        var command = new Command("rewrite", "Applies the changes of this application's own mutators to the text of manifests: comments, order and quotes stay. A file that cannot be changed with certainty stays unchanged. Exit code 1 if an object is denied, 2 if something could not be read, decided or changed.");
        options.AddTo(command);
        outputOptions.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var source = options.CreateSource(parsed);
            var reviewer = options.CreateReviewer(parsed, context, source);
            var output = outputOptions.CreateOutput(parsed, source);
            var denied = false;
            foreach (var file in source.Read())
            {
                var objects = await ReviewAsync(source, reviewer, file, cancellationToken);
                foreach (var finding in objects.SelectMany(reviewed => reviewed.Findings).Where(finding => finding.Level == FindingLevel.Error))
                {
                    denied = true;
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(SafeText.ToLogLine(TextReport.Format(finding)));
                }

                if (!file.IsIncomplete)
                {
                    output.Write(file, Rewrite(source, file, objects));
                }
            }

            SummaryLine.Write(parsed, isText: false, source);
            return source.Failed ? CommandExitCodes.Failure : denied ? CommandExitCodes.Findings : CommandExitCodes.Success;
        });
        return command;
    }

    private static async Task<List<ReviewedObject>> ReviewAsync(ManifestSource source, ManifestReviewer reviewer, ManifestText file, CancellationToken cancellationToken)
    {
        List<ReviewedObject> objects = [];
        foreach (var item in source.ReadObjects(file))
        {
            if (await ReviewRun.ReviewAsync(source, reviewer, file, item, cancellationToken) is { } reviewed)
            {
                objects.Add(reviewed);
            }
        }

        return objects;
    }

    private static string Rewrite(ManifestSource source, ManifestText file, List<ReviewedObject> objects)
    {
        try
        {
            return FileRewriter.Rewrite(file, objects);
        }
        catch (RewriteRefusedException refused)
        {
            source.Fail(file.File, refused.Line, refused.Column, refused.Message);
            return file.Text;
        }
    }
}

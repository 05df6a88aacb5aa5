using System.CommandLine;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.CommandLine.Yaml;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands;

/// <summary>The command <c>rewrite</c>: rewrites the images of manifests as the webhook would, and keeps every other byte.</summary>
internal static class ImageRewriteCommand
{
    public static Command Create(Stream? input = null)
    {
        var options = new InputOptions();
        var outputOptions = new ManifestOutputOptions();
        var command = options.AddTo(new Command("rewrite", "Rewrites the images of manifests and leaves everything else as it is. Exit code 1: the policy denies some images."));
        outputOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            var run = new ImageRun(options, parsed, input);
            if (!run.ReadPolicy(required: true))
            {
                return ImageExitCodes.BadInput;
            }

            var violations = false;
            var output = outputOptions.CreateOutput(parsed, run.Source);
            foreach (var (file, judged) in run.Files())
            {
                var findings = judged.ToList();
                if (file.IsIncomplete)
                {
                    continue;
                }

                foreach (var finding in findings.Where(finding => finding.IsViolation))
                {
                    violations = true;
                    parsed.InvocationConfiguration.Error.WriteLine(SafeText.ToLogLine($"{file.File}:{finding.Image.Scalar.Line}:{finding.Image.Scalar.Column}: {finding.Decision}: {finding.Message}"));
                }

                output.Write(file, Rewritten(run, file, findings));
            }

            run.WriteSummary(isText: false);
            return run.Source.Failed || run.Undecided ? ImageExitCodes.BadInput : violations ? ImageExitCodes.Violations : ImageExitCodes.Clean;
        });
        return command;
    }

    private static string Rewritten(ImageRun run, ManifestText file, IReadOnlyList<ImageFinding> findings)
    {
        Dictionary<YamlScalar, string> edits = [];
        var shared = SharedScalars.Find(findings.Select(finding => finding.Image));
        foreach (var uses in findings.GroupBy(finding => finding.Image.Scalar))
        {
            var results = uses.Select(use => use.Rewritten).Distinct().ToList();
            if (results.Count > 1)
            {
                run.Source.Fail(file.File, uses.Key.Line, uses.Key.Column, $"an anchor is used in places for which the policy decides differently ({string.Join(" and ", uses.Select(use => use.Image.Path).Distinct())}); write the image out in each");
            }
            else if (results[0] is not null && shared.Contains(uses.Key))
            {
                run.Source.Fail(file.File, uses.Key.Line, uses.Key.Column, $"the anchor of {uses.First().Image.Path} also stands for something that is not an image and would change with it; write the image out");
            }
            else if (results[0] is { } rewritten)
            {
                edits.Add(uses.Key, rewritten);
            }
        }

        var edited = YamlEditor.Apply(file.Text, edits);
        foreach (var refusal in edited.Refusals)
        {
            var scalar = refusal.Scalar;
            run.Source.Fail(file.File, scalar.Line, scalar.Column, $"{scalar.Value.TrimEnd()} is not rewritten: {refusal.Reason}");
        }

        return edited.Text;
    }
}

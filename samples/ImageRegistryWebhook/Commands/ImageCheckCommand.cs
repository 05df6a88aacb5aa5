using System.CommandLine;

namespace ImageRegistryWebhook.Commands;

/// <summary>The command <c>check</c>: reports the images of manifests that the webhook would deny.</summary>
internal static class ImageCheckCommand
{
    public static Command Create(Stream? input = null)
    {
        var options = new InputOptions();
        var output = new Option<string>("--output", "-o") { Description = "text, json, sarif, junit or github.", DefaultValueFactory = _ => "text" }
            .AcceptOnlyFromAmong("text", "json", "sarif", "junit", "github");
        var command = options.AddTo(new Command("check", "Checks the images of manifests against the policy. Exit code 0: all are allowed; 1: some are not; 2: an image or a part of the input could not be judged."));
        var strict = new Option<bool>("--strict") { Description = "Also fail on warnings and on images that would be rewritten." };
        command.Add(output);
        command.Add(strict);
        command.SetAction(parsed =>
        {
            var report = new ImageReport(parsed.GetValue(output)!, parsed.InvocationConfiguration.Output, all: false);
            var run = new ImageRun(options, parsed, input, report.Add);
            if (!run.ReadPolicy(required: true))
            {
                return ImageExitCodes.BadInput;
            }

            var violations = false;
            foreach (var finding in run.Files().SelectMany(file => file.Findings))
            {
                violations |= finding.IsViolation || (finding.IsNotice && parsed.GetValue(strict));
                report.Add(finding);
            }

            run.WriteSummary(isText: parsed.GetValue(output) == "text");
            report.Complete();
            violations |= run.Source.Warned && parsed.GetValue(strict);
            return run.Source.Failed || run.Undecided ? ImageExitCodes.BadInput : violations ? ImageExitCodes.Violations : ImageExitCodes.Clean;
        });
        return command;
    }
}

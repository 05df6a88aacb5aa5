using System.CommandLine;

namespace ImageRegistryWebhook.Commands;

/// <summary>The command <c>images</c>: lists every image of manifests, with or without a policy.</summary>
internal static class ImagesCommand
{
    public static Command Create(Stream? input = null)
    {
        var options = new InputOptions();
        var output = new Option<string>("--output", "-o") { Description = "json or text.", DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "json");
        var command = options.AddTo(new Command("images", "Lists the images of manifests and, with a policy, the decision about each."));
        command.Add(output);
        command.SetAction(parsed =>
        {
            var run = new ImageRun(options, parsed, input);
            if (!run.ReadPolicy(required: false))
            {
                return ImageExitCodes.BadInput;
            }

            var report = new ImageReport(parsed.GetValue(output)!, parsed.InvocationConfiguration.Output, all: true);
            foreach (var finding in run.Files().SelectMany(file => file.Findings))
            {
                report.Add(finding);
            }

            report.Complete();
            run.WriteSummary(isText: false);
            return run.Source.Failed || run.Undecided ? ImageExitCodes.BadInput : ImageExitCodes.Clean;
        });
        return command;
    }
}

using System.CommandLine;

namespace ImageRegistryWebhook.Commands;

/// <summary><c>images</c>: every image of these manifests, with a policy or without.</summary>
internal static class ImagesCommand
{
    public static Command Create(Stream? input = null)
    {
        var options = new InputOptions();
        var output = new Option<string>("--output", "-o") { Description = "json or text.", DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "json");
        var command = options.AddTo(new Command("images", "Lists the images of manifests and, with a policy, what it says of them."));
        command.Add(output);
        command.SetAction(parsed =>
        {
            var run = new ImageRun(options, parsed, input);
            if (!run.ReadPolicy(required: false))
            {
                return ImageExitCodes.BadInput;
            }

            var report = new ImageReport(parsed.GetValue(output)!, parsed.InvocationConfiguration.Output, all: true);
            foreach (var finding in run.Files(warn: false).SelectMany(file => file.Findings))
            {
                report.Add(finding);
            }

            report.Complete();
            return run.Source.Failed ? ImageExitCodes.BadInput : ImageExitCodes.Clean;
        });
        return command;
    }
}

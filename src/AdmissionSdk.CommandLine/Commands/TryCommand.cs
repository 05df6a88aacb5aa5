using System.CommandLine;
using AdmissionSdk.Certificates;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Trying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Sends one manifest, or a recorded review, through the application's webhooks, and prints what each says.</summary>
internal static class TryCommand
{
    private const string Description =
        "Sends one manifest, or a recorded AdmissionReview, through this application's own webhooks in this process, and prints decision, message, warnings, patch, and the diff of the object. A dry run, unless the recorded review is none. Selectors and match conditions are not looked at. Exit code 1 if the object is denied, 2 if something could not be read or decided.";

    public static Command Create(CommandContext context)
    {
        var arguments = new Argument<string[]>("webhook manifest")
        {
            Description = "The name or path of a webhook, if not all that take the object, and a file with one object or an AdmissionReview; - is standard input.",
            HelpName = "[WEBHOOK] FILE",
            Arity = new ArgumentArity(1, 2),
        };
        var options = new TryOptions();
        var command = new Command("try", Description) { arguments };
        options.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            CommandLogs.SendToStandardError(context.Services);
            var registry = context.GetRegistry();
            var given = parsed.GetValue(arguments)!;
            var (name, file) = (given.Length == 2 ? given[0] : null, given[^1]);
            if (given.Length == 1 && registry.Webhooks.Any(webhook => webhook.Name == file))
            {
                throw new CommandException($"name a file to send to {file}: try {file} pod.yaml.");
            }

            var text = ReadText(file, parsed.InvocationConfiguration.Error);
            if (text is null || ReadObject(text.Value) is not { } item)
            {
                return CommandExitCodes.Failure; // the source has said why
            }

            var review = item.Kind == TrialReview.Kind
                ? TrialReview.Read(text.Value.Text)
                : TrialReviewWriter.Write(registry, item, options.ReadStored(parsed, ReadOne), options.ReadFacts(parsed));
            var webhooks = TrialWebhooks.Find(registry, name, review);
            var decision = await new Trial(new ManifestWebhookCaller(context.Services, context.Endpoints.Sources), parsed.InvocationConfiguration.Output)
                .RunAsync(webhooks, review, cancellationToken);
            await options.SaveAsync(parsed, review, $"https://localhost:{FindPort(context.Services)}{webhooks[0].Path}", cancellationToken);
            return decision switch
            {
                AdmissionDecision.Allow => CommandExitCodes.Success,
                AdmissionDecision.Deny => CommandExitCodes.Findings,
                _ => CommandExitCodes.Failure,
            };

            ManifestObject ReadOne(string path) =>
                ReadText(path, parsed.InvocationConfiguration.Error) is { } found && ReadObject(found) is { } one ? one : throw new CommandException($"{path} cannot be used as the stored object.");
        });
        return command;
    }

    private static int FindPort(IServiceProvider services) => services.GetRequiredService<IOptions<AdmissionTlsOptions>>().Value.Port;

    private static (ManifestSource Source, ManifestText Text)? ReadText(string file, TextWriter error)
    {
        var source = new ManifestSource([file], error);
        List<ManifestText> files = [.. source.Read().Take(2)];
        return files.Count switch
        {
            1 => (source, files[0]),
            0 when source.Failed => null,
            0 => throw new CommandException($"{file} has no manifest."),
            _ => throw new CommandException($"{file} has several files: name one."),
        };
    }

    // Null if the source has reported why the object cannot be read.
    private static ManifestObject? ReadObject((ManifestSource Source, ManifestText Text) file)
    {
        List<ManifestObject> objects = [.. file.Source.ReadObjects(file.Text).Take(2)];
        return file.Source.Failed ? null
            : objects.Count switch
            {
                1 => objects[0],
                0 => throw new CommandException($"{file.Text.File} has no object with apiVersion and kind."),
                _ => throw new CommandException($"{file.Text.File} has several objects, and try takes one: use check, or a file with one."),
            };
    }
}

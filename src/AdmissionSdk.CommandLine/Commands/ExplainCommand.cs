using System.CommandLine;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Explaining;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Tells what the handlers make of a review, one by one.</summary>
internal static class ExplainCommand
{
    public const string Name = "explain";

    private const string StandardInput = "-";

    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("review") { Description = "A file with an AdmissionReview, or a recording of AddReviewRecording; - for standard input." };
        var webhook = new Option<string?>("--webhook") { Description = "The webhook to call. Default: the recorded one; without a recording, every webhook with a handler for the review.", HelpName = "NAME" };
        var uid = new Option<string?>("--uid") { Description = "The one review of a recording, by the uid that the user and the log name.", HelpName = "UID" };
        var given = new GivenOptions();
        var command = new Command(Name, "Runs recorded reviews through this application's handlers, and shows handler by handler what happened: the result, causes, warnings, changes. Talks to no cluster. Exit code 1 if a webhook denies, 2 if one cannot decide.")
        {
            file, webhook, uid,
        };
        given.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            CommandLogs.SendToStandardError(context.Services);
            var name = parsed.GetValue(file)!;
            var text = name == StandardInput ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(name, cancellationToken);
            var explainer = new ReviewExplainer(
                context.GetRegistry(),
                new ManifestWebhookCaller(context.Services, context.Endpoints.Sources),
                given.Read(parsed, context, source: null),
                parsed.InvocationConfiguration.Output);
            var (decided, allowed, found) = (true, true, false);
            foreach (var review in ReviewFile.Read(name, text).Where(review => parsed.GetValue(uid) is not { } wanted || review.Uid == wanted))
            {
                found = true;
                var outcome = await explainer.ExplainAsync(review, parsed.GetValue(webhook), cancellationToken);
                (decided, allowed) = (decided & outcome.Decided, allowed & outcome.Allowed);
            }

            return !found ? throw new CommandException($"{name} has no review with the uid {parsed.GetValue(uid)}.")
                : !decided ? CommandExitCodes.Failure
                : allowed ? CommandExitCodes.Success : CommandExitCodes.Findings;
        });
        return command;
    }
}

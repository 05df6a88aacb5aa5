using System.CommandLine;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Conditions;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The arguments and options of the commands that take manifests through the webhooks.</summary>
internal sealed class ReviewOptions
{
    private readonly Argument<string[]> _paths = ManifestSource.CreatePathsArgument();
    private readonly Option<string> _namespace = new("--namespace", "-n") { Description = "The namespace of objects without one. Default: default.", HelpName = "NAME", DefaultValueFactory = _ => "default" };
    private readonly Option<string> _user = new("--user") { Description = "The user who will apply the manifests. Default: admission-sdk:check.", HelpName = "NAME", DefaultValueFactory = _ => "admission-sdk:check" };
    private readonly Option<string[]> _exclude = ManifestSource.CreateExcludeOption();
    private readonly Option<string[]> _groups = new("--group") { Description = "A group of the user, besides system:authenticated; can be repeated.", HelpName = "NAME" };

    private readonly GivenOptions _given = new();

    public void AddTo(Command command)
    {
        command.Add(_paths);
        command.Add(_namespace);
        command.Add(_user);
        command.Add(_groups);
        command.Add(_exclude);
        _given.AddTo(command);
    }

    public ManifestSource CreateSource(ParseResult parsed, FindingReport? report = null) =>
        new(parsed.GetValue(_paths), parsed.InvocationConfiguration.Error, report is null ? null : report.Add) { Exclude = parsed.GetValue(_exclude) ?? [] };

    public ManifestReviewer CreateReviewer(ParseResult parsed, CommandContext context, ManifestSource source)
    {
        CommandLogs.SendToStandardError(context.Services);
        var registry = context.GetRegistry();
        CommandException.ThrowIfAny([.. new CelConditionJudge().FindProblems(registry.Webhooks, ManifestOptions.NewestKubeVersion)]);
        return new ManifestReviewer(
            registry,
            new ManifestWebhookCaller(context.Services, context.Endpoints.Sources),
            new ReviewFacts(parsed.GetValue(_namespace)!, parsed.GetValue(_user)!, ["system:authenticated", .. parsed.GetValue(_groups) ?? []], IsUserKnown: parsed.GetResult(_user) is { Implicit: false }),
            _given.Read(parsed, context, source));
    }
}

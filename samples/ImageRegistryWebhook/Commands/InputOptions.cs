using System.CommandLine;
using System.CommandLine.Parsing;
using AdmissionSdk.CommandLine.Inputs;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands;

/// <summary>Arguments and options of the commands that read manifests.</summary>
internal sealed class InputOptions
{
    public Argument<string[]> Paths { get; } = ManifestSource.CreatePathsArgument();

    public Option<string> Policy { get; } = new("--policy") { Description = "The policy file." };

    public Option<string> Namespace { get; } = new("--namespace", "-n") { Description = "The namespace of objects that name none.", DefaultValueFactory = _ => "default" };

    public Option<string[]> NamespaceLabels { get; } = new("--namespace-label") { Description = "A label key=value of the namespace; can be repeated." };

    public Option<string> User { get; } = new("--user") { Description = "The user who will apply the manifests." };

    public Option<string[]> Custom { get; } = new("--custom-kind")
    {
        Description = "Kind[.group]=path of a pod spec or image in a kind of your own, such as Rollout.argoproj.io=spec.template.spec; can be repeated.",
    };

    public Option<string[]> Exclude { get; } = ManifestSource.CreateExcludeOption();

    public InputOptions()
    {
        NamespaceLabels.Validators.Add(result => Check(result, NamespaceLabels, label => label.Contains('=', StringComparison.Ordinal), "key=value"));
        Custom.Validators.Add(result => Check(result, Custom, text => CustomPath.TryParse(text, out _), "Kind[.group]=path"));
    }

    public Command AddTo(Command command)
    {
        command.Add(Paths);
        foreach (var option in (Option[])[Policy, Namespace, NamespaceLabels, User, Custom, Exclude])
        {
            command.Add(option);
        }

        return command;
    }

    public ManifestScanner Scanner(ParseResult parsed) =>
        new([.. (parsed.GetValue(Custom) ?? []).Select(text => CustomPath.TryParse(text, out var path) ? path : null).OfType<CustomPath>()]);

    public ImageManifestContext Context(ParseResult parsed) =>
        new(parsed.GetValue(Namespace) ?? "default", Labels(parsed.GetValue(NamespaceLabels)), parsed.GetValue(User));

    /// <summary>Labels from options <c>key=value</c>; null without options.</summary>
    public static IReadOnlyDictionary<string, string>? Labels(string[]? labels) => labels is not { Length: > 0 } ? null
        : labels.Select(label => label.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last().ElementAtOrDefault(1) ?? "");

    private static void Check(OptionResult result, Option<string[]> option, Func<string, bool> isGood, string form)
    {
        foreach (var text in result.GetValue(option) ?? [])
        {
            if (!isGood(text))
            {
                result.AddError($"{option.Name} is {form}, not \"{text}\"");
            }
        }
    }
}

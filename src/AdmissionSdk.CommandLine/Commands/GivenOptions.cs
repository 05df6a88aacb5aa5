using System.CommandLine;
using AdmissionSdk.Cluster;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The options that say what look-ups find, since the commands for manifests talk to no cluster.</summary>
internal sealed class GivenOptions
{
    private const string Form = "NAMESPACE:KEY=VALUE,KEY=VALUE";

    private readonly Option<string[]> _labels = new("--namespace-labels")
    {
        Description = "The labels of a namespace, for look-ups and selectors of namespaces; can be repeated. Labels of Namespaces among the manifests are known.",
        HelpName = Form,
    };

    private readonly Option<string[]> _objects = new("--objects") { Description = "A file or directory of manifests with objects that look-ups find; can be repeated.", HelpName = "PATH" };

    public GivenOptions() => _labels.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => !TryParse(token.Value, out _, out _)))
        {
            result.AddError($"--namespace-labels is '{token.Value}': write {Form}, such as shop:stage=prod.");
        }
    });

    public void AddTo(Command command)
    {
        command.Add(_labels);
        command.Add(_objects);
    }

    /// <summary>Reads what was given, and makes the application's look-ups ask that and no cluster.</summary>
    public GivenObjects Read(ParseResult parsed, CommandContext context, ManifestSource? source)
    {
        var given = new GivenObjects();
        var connection = context.Services.GetService<ClusterConnection>();
        if (source is not null && (connection is not null || context.GetRegistry().Webhooks.Any(webhook => webhook.NamespaceSelector is not null)))
        {
            AddAll(given, source.Survey().Where(item => item is { Group: "", Kind: "Namespace" }));
        }

        if (parsed.GetValue(_objects) is { Length: > 0 } paths)
        {
            var objects = new ManifestSource(paths, parsed.InvocationConfiguration.Error);
            AddAll(given, objects.Read().SelectMany(objects.ReadObjects));
            if (objects.Failed)
            {
                throw new CommandException("an object of --objects cannot be read: correct the file, or leave it out.");
            }
        }

        foreach (var text in parsed.GetValue(_labels) ?? [])
        {
            _ = TryParse(text, out var name, out var labels);
            given.AddNamespace(name, labels);
        }

        connection?.Replace(ObjectSourceHandler.Connect(given));
        return given;
    }

    private static void AddAll(GivenObjects given, IEnumerable<ManifestObject> objects)
    {
        foreach (var item in objects.Where(item => item.Name is not null))
        {
            var json = YamlJson.Convert(item.Node);
            json["apiVersion"] ??= item.ApiVersion;
            json["kind"] ??= item.Kind;
            given.Add(json);
        }
    }

    private static bool TryParse(string text, out string name, out List<KeyValuePair<string, string>> labels)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        name = colon < 0 ? "" : text[..colon];
        string[] pairs = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        labels = [.. pairs.Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? pair[1] : ""))];
        return name.Length > 0 && pairs.All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0);
    }
}

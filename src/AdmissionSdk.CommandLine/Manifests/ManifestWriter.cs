using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Writes an installation as the text of files, by relative path, in the order for kubectl.</summary>
internal static class ManifestWriter
{
    public static IReadOnlyList<(string Path, string Text)> Write(CommandContext command, ManifestContext context, ManifestFormat format) => format switch
    {
        ManifestFormat.Helm => HelmChart.Write(command, context),
        ManifestFormat.Webhooks => [.. Installation.Registrations(context).Select(Format)],
        ManifestFormat.Static => Static(context),
        ManifestFormat.Kustomize => Kustomize([.. Installation.Create(command, context).Select(Format)]),
        _ => [.. Installation.Create(command, context).Select(Format)],
    };

    public static (string Path, string Text) Format(ManifestFile file) =>
        (file.Name, string.Concat(file.Comments.Select(line => $"# {line}\n")) + string.Join("---\n", file.Objects.Select(YamlText.Write)));

    private static IReadOnlyList<(string Path, string Text)> Kustomize(IReadOnlyList<(string Path, string Text)> files)
    {
        var kustomization = new JsonObject
        {
            ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
            ["kind"] = "Kustomization",
            ["resources"] = new JsonArray([.. files.Select(file => JsonValue.Create(file.Path))]),
        };
        return [.. files, ("kustomization.yaml", YamlText.Write(kustomization))];
    }

    // Each plugin reads a directory of its own, and refuses the other type there (contract 18.1).
    private static IReadOnlyList<(string Path, string Text)> Static(ManifestContext context) =>
    [
        .. Installation.Webhooks(context).Objects.Select(item =>
            ((string)item["kind"]! == "MutatingWebhookConfiguration" ? "mutating/webhooks.yaml" : "validating/webhooks.yaml", YamlText.Write(item))),
        .. GuardPolicyManifests.CreateStatic(context).Select(Format),
    ];
}

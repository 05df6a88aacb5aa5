using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Turns an installation into the text of files, by relative path, in the order in which they are to be applied.</summary>
internal static class ManifestWriter
{
    public static IReadOnlyList<(string Path, string Text)> Write(CommandContext command, ManifestContext context, ManifestFormat format) => format switch
    {
        ManifestFormat.Helm => HelmChart.Write(command, context),
        ManifestFormat.Webhooks => [Text(Installation.Webhooks(context))],
        ManifestFormat.Static => Static(context),
        ManifestFormat.Kustomize => Kustomize([.. Installation.Create(command, context).Select(Text)]),
        _ => [.. Installation.Create(command, context).Select(Text)],
    };

    public static (string Path, string Text) Text(ManifestFile file) => (file.Name, string.Join("---\n", file.Objects.Select(YamlText.Write)));

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

    // One plugin reads one directory, and refuses the other type in it (contract 18.1).
    private static IReadOnlyList<(string Path, string Text)> Static(ManifestContext context) =>
    [
        .. Installation.Webhooks(context).Objects.Select(item =>
            ((string)item["kind"]! == "MutatingWebhookConfiguration" ? "mutating/webhooks.yaml" : "validating/webhooks.yaml", YamlText.Write(item))),
    ];
}

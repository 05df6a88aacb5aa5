using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>
/// A Helm chart to start from: the same objects, with the namespace, the image, the replicas and the resources left to values. Made with stand-ins
/// that no value contains, which are replaced in the text, so that what is not left to values is byte for byte the plain form.
/// </summary>
internal static class HelmChart
{
    private const string NamespaceStandIn = "release-namespace-stand-in";
    private const string ImageStandIn = "chart-image-stand-in";
    private const int ReplicasStandIn = 987654321;

    public static IReadOnlyList<(string Path, string Text)> Write(AdmissionCommandLine commandLine, ManifestContext context)
    {
        var options = context.Deployment;
        var original = (options.Image, options.Replicas);
        var chartContext = new ManifestContext(
            context.Registry,
            context.Target with
            {
                Namespace = NamespaceStandIn,
                InjectCaFrom = context.Target.InjectCaFrom?.Replace($"{context.Target.Namespace}/", $"{NamespaceStandIn}/", StringComparison.Ordinal),
            },
            options,
            context.Host);
        (options.Image, options.Replicas) = (ImageStandIn, ReplicasStandIn);
        try
        {
            // Helm makes the namespace itself (--create-namespace).
            var templates = Installation.Create(commandLine, chartContext).Where(file => file.Name != Installation.NamespaceFile).Select(ManifestWriter.Text);
            return
            [
                ("Chart.yaml", YamlText.Write(Chart(context))),
                ("values.yaml", YamlText.Write(Values(context, original.Image, original.Replicas))),
                .. templates.Select(file => ($"templates/{file.Path}", Replace(file.Text))),
            ];
        }
        finally
        {
            (options.Image, options.Replicas) = original;
        }
    }

    // An application's own object may hold what Helm would take for a template.
    private static string Replace(string text) => text
        .Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal)
        .Replace(NamespaceStandIn, "{{ .Release.Namespace }}", StringComparison.Ordinal)
        .Replace(ImageStandIn, "{{ .Values.image.repository }}:{{ .Values.image.tag }}", StringComparison.Ordinal)
        .Replace($"{ReplicasStandIn}", "{{ .Values.replicas }}", StringComparison.Ordinal)
        .Replace("app.kubernetes.io/managed-by: admission-sdk", "app.kubernetes.io/managed-by: {{ .Release.Service }}", StringComparison.Ordinal);

    private static JsonObject Chart(ManifestContext context) => new()
    {
        ["apiVersion"] = "v2",
        ["name"] = context.Target.App,
        ["description"] = $"The admission webhooks of {context.Target.App}.",
        ["type"] = "application",
        ["version"] = "0.1.0",
        ["kubeVersion"] = $">={(context.Target.KubeVersion >= new Version(1, 27) ? "1.27" : context.Target.KubeVersion.ToString(2))}.0-0",
    };

    private static JsonObject Values(ManifestContext context, string? image, int replicas)
    {
        var name = image ?? $"{context.Target.App}:latest";
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        return new JsonObject
        {
            ["image"] = new JsonObject { ["repository"] = hasTag ? name[..colon] : name, ["tag"] = hasTag ? name[(colon + 1)..] : "latest" },
            ["replicas"] = replicas,
        };
    }
}

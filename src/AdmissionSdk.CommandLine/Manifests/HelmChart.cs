using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Yaml;
using AdmissionSdk.Manifests;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>
/// Makes a Helm chart to start from: the same objects, with the namespace of the release, and the image and the replicas from values. The objects are
/// made with stand-ins that no value contains, and the stand-ins are replaced in the text, so that the rest is byte for byte the plain form. YAML
/// quotes a text stand-in, and so the replacement: a namespace may have the name 123, on, or null.
/// </summary>
internal static class HelmChart
{
    private const string NamespaceStandIn = "%release-namespace%";
    private const string ImageStandIn = "%chart-image%";
    private const int ReplicasStandIn = 987654321;

    public static IReadOnlyList<(string Path, string Text)> Write(CommandContext command, ManifestContext context)
    {
        var deployment = context.Deployment.Copy();
        (deployment.Image, deployment.Replicas) = (ImageStandIn, ReplicasStandIn);
        var chartContext = new ManifestContext(
            context.Registry,
            context.Target.With(target =>
            {
                target.Namespace = NamespaceStandIn;
                target.InjectCaFrom = target.InjectCaFrom?.Replace($"{context.Target.Namespace}/", $"{NamespaceStandIn}/", StringComparison.Ordinal);
            }),
            deployment,
            context.Host);

        // Helm makes the namespace itself (--create-namespace).
        var templates = Installation.Create(command, chartContext).Where(file => file.Name != Installation.NamespaceFile).Select(ManifestWriter.Format);
        return
        [
            ("Chart.yaml", YamlText.Write(Chart(context))),
            ("values.yaml", YamlText.Write(Values(context))),
            .. templates.Select(file => ($"templates/{file.Path}", Replace(file.Text))),
        ];
    }

    // An application's own object may hold braces, which Helm would take for a template.
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
        ["kubeVersion"] = KubeVersions(context),
    };

    // Older versions drop fields of these objects without an error, and newer versions lack an old API version.
    private static string KubeVersions(ManifestContext context)
    {
        var version = context.Target.KubeVersion;
        return GuardPolicies.Create(context.Registry, context.Target).Count > 0 ? $">={GuardPolicies.Since}.0-0"
            : context.Registry.Webhooks.Any(webhook => webhook.MatchConditions.Count > 0) ? ">=1.28.0-0"
            : version >= new Version(1, 27) ? ">=1.27.0-0"
            : version >= new Version(1, 21) ? $">={version.ToString(2)}.0-0"
            : $">={version.ToString(2)}.0-0 <1.25.0-0";
    }

    private static JsonObject Values(ManifestContext context)
    {
        var name = context.Deployment.Image ?? $"{context.Target.App}:latest";
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        return new JsonObject
        {
            ["image"] = new JsonObject { ["repository"] = hasTag ? name[..colon] : name, ["tag"] = hasTag ? name[(colon + 1)..] : "latest" },
            ["replicas"] = context.Deployment.Replicas,
        };
    }
}

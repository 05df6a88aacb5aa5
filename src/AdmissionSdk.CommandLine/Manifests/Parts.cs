using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Makes the parts that most objects share.</summary>
internal static class Parts
{
    public const string PortName = "webhook";

    public static V1ObjectMeta Metadata(ManifestContext context, string? name = null, bool isClusterScoped = false) => new()
    {
        Name = name ?? context.Target.App,
        NamespaceProperty = isClusterScoped ? null : context.Target.Namespace,
        Labels = Labels(context),
    };

    public static Dictionary<string, string> Labels(ManifestContext context) => new(context.Target.Labels, StringComparer.Ordinal);

    public static V1LabelSelector Selector(ManifestContext context) => new() { MatchLabels = new Dictionary<string, string>(context.Selector) };
}

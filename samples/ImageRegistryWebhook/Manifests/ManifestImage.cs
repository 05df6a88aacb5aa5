using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>An image in a manifest, with its place.</summary>
internal sealed record ManifestImage
{
    /// <summary>The object that names the image.</summary>
    public required ManifestObject Object { get; init; }

    /// <summary>The field within the object, such as <c>spec.containers[0].image</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The container's name; null for image volumes and fields of custom kinds.</summary>
    public string? Container { get; init; }

    public required YamlScalar Scalar { get; init; }

    /// <summary>The entry whose value is the scalar, maybe in a merged mapping; null for a field of a custom path.</summary>
    public YamlEntry? Entry { get; init; }

    public IReadOnlyDictionary<string, string> PodLabels { get; init; } = new Dictionary<string, string>();
}

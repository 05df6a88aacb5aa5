using ImageRegistryWebhook.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>An image in a manifest and where it stands.</summary>
internal sealed record ManifestImage
{
    public required string File { get; init; }

    /// <summary>Which document of the file, from 0.</summary>
    public required int Document { get; init; }

    public required string Kind { get; init; }

    /// <summary>The namespace that the manifest names, or null.</summary>
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    /// <summary>The field within the object, such as <c>spec.containers[0].image</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The container's name; null for image volumes and for fields of custom kinds.</summary>
    public string? Container { get; init; }

    public required YamlScalar Scalar { get; init; }

    /// <summary>The entry whose value the scalar is, which is in another mapping if it was merged; null for a field of a custom path.</summary>
    public YamlEntry? Entry { get; init; }

    /// <summary>The document it is in.</summary>
    public required YamlNode Root { get; init; }

    public IReadOnlyDictionary<string, string> PodLabels { get; init; } = new Dictionary<string, string>();
}

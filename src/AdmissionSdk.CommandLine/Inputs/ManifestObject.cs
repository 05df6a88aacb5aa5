using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>An object in a manifest; the items of lists are objects of their own.</summary>
public sealed class ManifestObject
{
    internal ManifestObject()
    {
    }

    /// <summary>The file it is in.</summary>
    public required string File { get; init; }

    /// <summary>Which document of the file, from 0.</summary>
    public required int Document { get; init; }

    /// <summary>The API version, or empty.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The namespace that the manifest names, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name, else what a name is to be generated from, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The object.</summary>
    public required YamlMapping Node { get; init; }

    /// <summary>The document it is in; aliases reach no further.</summary>
    public required YamlNode Root { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal) ? ApiVersion[..ApiVersion.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>Kind, namespace and name, as reports name the object.</summary>
    public string Title => $"{Kind} {(Namespace is null ? "" : Namespace + "/")}{Name}";
}

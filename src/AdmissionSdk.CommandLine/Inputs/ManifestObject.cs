using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.CommandLine.Yaml;
using AdmissionSdk.Quoting;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>An object in a manifest; each item of a list is an object of its own.</summary>
[Experimental("ADMEXP001")]
public sealed class ManifestObject
{
    private const int LongestName = 253;

    /// <exception cref="YamlReadException">The metadata are not certain, or kubectl refuses them.</exception>
    internal ManifestObject(string file, int document, YamlNode root, YamlMapping node, string apiVersion, string kind)
    {
        MetadataTypes.Check(node);
        File = file;
        Document = document;
        Root = root;
        Node = node;
        ApiVersion = apiVersion;
        Kind = kind;
        var metadata = node.Find("metadata") as YamlMapping;
        Namespace = metadata?.FindText("namespace");
        Name = metadata?.FindText("name") ?? metadata?.FindText("generateName");
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The index of the document in the file, from 0.</summary>
    public int Document { get; }

    /// <summary>The document's root, beyond which no alias reaches.</summary>
    public YamlNode Root { get; }

    /// <summary>The object's own node.</summary>
    public YamlMapping Node { get; }

    /// <summary>The API version, or empty.</summary>
    public string ApiVersion { get; }

    /// <summary>The kind.</summary>
    public string Kind { get; }

    /// <summary>The namespace that the manifest names, or null.</summary>
    public string? Namespace { get; }

    /// <summary>The name, else the prefix of a generated name, else null.</summary>
    public string? Name { get; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal) ? ApiVersion[..ApiVersion.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>Kind, namespace and name, as reports name the object. A name longer than any in Kubernetes is cut, since a report has it once for each finding.</summary>
    public string Title => field ??= $"{Clip(Kind)} {(Namespace is null ? "" : Clip(Namespace) + "/")}{Clip(Name ?? "")}";

    private static string Clip(string name) => ShownText.ToLine(name, LongestName);
}

using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>The labels of the namespaces among the manifests.</summary>
internal sealed class ManifestNamespaceLabels
{
    // The API server sets this label on every namespace.
    private const string NameLabel = "kubernetes.io/metadata.name";

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _labels = [];

    public static ManifestNamespaceLabels Unknown { get; } = new();

    public static ManifestNamespaceLabels Of(IEnumerable<ManifestObject> objects)
    {
        var all = new ManifestNamespaceLabels();
        foreach (var item in objects)
        {
            if (item is { Kind: "Namespace", ApiVersion: "v1", Name: { } name })
            {
                all._labels[name] = Read(item.Node, name);
            }
        }

        return all;
    }

    /// <summary>The labels of a namespace; null if not known.</summary>
    public IReadOnlyDictionary<string, string>? Find(string name) => _labels.GetValueOrDefault(name);

    private static Dictionary<string, string> Read(YamlMapping node, string name)
    {
        Dictionary<string, string> labels = [];
        foreach (var entry in ((node.Find("metadata") as YamlMapping)?.Find("labels") as YamlMapping)?.EffectiveEntries ?? [])
        {
            // A value with a YAML tag is left out, since kubectl could read another value.
            if (entry.Value is YamlScalar { IsAsWritten: true } value)
            {
                labels[entry.Name] = value.Value;
            }
        }

        labels[NameLabel] = name;
        return labels;
    }
}

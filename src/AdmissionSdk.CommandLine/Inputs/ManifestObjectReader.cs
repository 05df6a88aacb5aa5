using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Reads the objects of a document.</summary>
internal sealed class ManifestObjectReader(string file)
{
    private const int DeepestList = 8;

    // Aliases can make a giant file of a small file.
    private const int MostObjects = 100_000;
    private const string ListSuffix = "List";

    private int _visited;

    /// <summary>Reads the objects of a document, and the items of lists as objects.</summary>
    /// <exception cref="YamlReadException">The object that kubectl would read is not certain.</exception>
    public IEnumerable<ManifestObject> Read(YamlNode? root, int document) => Read(root, root, document, 0, null, null);

    private IEnumerable<ManifestObject> Read(YamlNode? node, YamlNode? root, int document, int depth, string? listedVersion, string? listedKind)
    {
        if (++_visited > MostObjects)
        {
            throw new YamlReadException($"more than {MostObjects} objects in one file", node?.Line ?? 1, node?.Column ?? 1);
        }

        if (node is not YamlMapping mapping || (mapping.FindText("kind") ?? listedKind) is not { } kind)
        {
            return [];
        }

        var version = mapping.FindText("apiVersion") ?? listedVersion ?? "";
        if (kind.EndsWith(ListSuffix, StringComparison.Ordinal) && mapping.Find("items") is YamlSequence items)
        {
            // An item of a PodList without a kind is a Pod.
            var (itemVersion, itemKind) = kind.Length > ListSuffix.Length ? (version, kind[..^ListSuffix.Length]) : (null, null);
            return depth < DeepestList ? items.Items.SelectMany(child => Read(child, root, document, depth + 1, itemVersion, itemKind))
                : throw new YamlReadException($"lists are nested deeper than {DeepestList} levels", mapping.Line, mapping.Column);
        }

        return [new ManifestObject(file, document, root!, mapping, version, kind)];
    }
}

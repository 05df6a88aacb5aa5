using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>
/// Reads the objects of a document. An object with <c>items</c> is a list for kubectl, whatever its kind is: the items are created and the object is not.
/// </summary>
internal sealed class ManifestObjectReader(string file)
{
    // Aliases can make a giant file of a small file.
    public const int MostObjects = 100_000;

    private const int DeepestList = 8;
    private const string ListSuffix = "List";
    private const string Items = "items";

    private int _visited;

    /// <summary>The places of lists that have the kind of something else.</summary>
    public List<(int Line, int Column, string Message)> Notices { get; } = [];

    /// <summary>Reads the objects of a document, and the items of lists as objects.</summary>
    /// <exception cref="YamlReadException">The object that kubectl would read is not certain.</exception>
    public IEnumerable<ManifestObject> Read(YamlNode? root, int document) =>
        root is not YamlMapping mapping || (mapping.FindText("kind") ?? ImplicitKind) is not { } kind ? []
            : Read(new Item(mapping, kind, mapping.FindText("apiVersion") ?? ""), root, document, 0);

    // A file of this name needs no kind.
    private string? ImplicitKind => Path.GetFileName(file) is "kustomization.yaml" or "kustomization.yml" ? "Kustomization" : null;

    private IEnumerable<ManifestObject> Read(Item item, YamlNode root, int document, int depth)
    {
        Count(1, item.Node);
        if (item.Node.Find(Items) is not { } items)
        {
            return [new ManifestObject(file, document, root, item.Node, item.Version, item.Kind)];
        }

        if (depth >= DeepestList)
        {
            throw new YamlReadException($"lists are nested deeper than {DeepestList} levels", item.Node.Line, item.Node.Column);
        }

        var isList = item.Kind.EndsWith(ListSuffix, StringComparison.Ordinal);
        if (!isList)
        {
            Notices.Add((items.Line, items.Column, $"an object with items is a list for kubectl, which creates the items and not the {item.Kind}; name the kind List, or take the items out"));
        }

        var objects = FindItems(items).SelectMany(child => Read(CreateItem(child, item), root, document, depth + 1));
        // A list in a list stays an object for kubectl.
        return depth == 0 || isList ? objects : objects.Prepend(new ManifestObject(file, document, root, item.Node, item.Version, item.Kind));
    }

    private IReadOnlyList<YamlNode> FindItems(YamlNode items)
    {
        if (items is YamlSequence sequence)
        {
            // Refused before any item is looked at.
            Count(sequence.Items.Count, items);
            _visited -= sequence.Items.Count;
            return sequence.Items;
        }

        return items is YamlScalar { KubectlKind: YamlScalarKind.Null } ? []
            : throw new YamlReadException("items is not a list, and kubectl takes every object with items for a list", items.Line, items.Column);
    }

    // An item of a PodList without kind and version is a Pod.
    private static Item CreateItem(YamlNode node, Item list)
    {
        if (node is not YamlMapping mapping)
        {
            throw new YamlReadException("an item of a list is not an object", node.Line, node.Column);
        }

        var (kind, version) = (mapping.FindText("kind"), mapping.FindText("apiVersion"));
        if (kind is null && version is null)
        {
            (kind, version) = (list.Kind.EndsWith(ListSuffix, StringComparison.Ordinal) ? list.Kind[..^ListSuffix.Length] : list.Kind, list.Version);
        }

        return string.IsNullOrEmpty(kind) ? throw new YamlReadException("an item of a list has no kind, and kubectl refuses the list", node.Line, node.Column)
            : new Item(mapping, kind, version ?? (list.Kind == ListSuffix ? "" : list.Version));
    }

    private void Count(int count, YamlNode place)
    {
        if ((_visited += count) > MostObjects)
        {
            throw new YamlReadException($"more than {MostObjects} objects in one file; split the file", place.Line, place.Column);
        }
    }

    private readonly record struct Item(YamlMapping Node, string Kind, string Version);
}

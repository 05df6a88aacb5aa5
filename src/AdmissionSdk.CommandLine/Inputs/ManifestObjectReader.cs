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
    private const string Kind = "kind";
    private const string ApiVersion = "apiVersion";

    private int _visited;

    /// <summary>The places of lists that have the kind of something else.</summary>
    public List<(int Line, int Column, string Message)> Notices { get; } = [];

    /// <summary>True if the file has too many objects, so that the rest of the file is not worth reading.</summary>
    public bool IsFull => _visited > MostObjects;

    /// <summary>False if the last document has no kind, and so is nothing of Kubernetes.</summary>
    public bool HasKind { get; private set; }

    /// <summary>Reads the objects of a document, and the items of lists as objects.</summary>
    /// <exception cref="YamlReadException">The object that kubectl would read is not certain.</exception>
    public IEnumerable<ManifestObject> Read(YamlNode? root, int document)
    {
        HasKind = false;
        RefuseOtherRoot(root);
        if (root is not YamlMapping mapping)
        {
            return [];
        }

        var (kind, version) = (FindType(mapping, Kind) ?? ImplicitKind, FindType(mapping, ApiVersion) ?? "");
        HasKind = kind is not null;
        return kind is not null ? Read(new Item(mapping, kind, version), root, document, 0)
            : version.Length > 0 && mapping.Find("metadata") is not null ? throw new YamlReadException("an object with apiVersion and metadata has no kind, and kubectl refuses the object", mapping.Line, mapping.Column)
            : [];
    }

    // A file of this name needs no kind.
    private string? ImplicitKind => Path.GetFileName(file) is "kustomization.yaml" or "kustomization.yml" ? "Kustomization" : null;

    // Settings of other tools are lists and mappings without a kind; these two are nothing that any tool reads.
    private static void RefuseOtherRoot(YamlNode? root)
    {
        if (root is YamlScalar)
        {
            throw new YamlReadException("a document is an object, and this is a text", root.Line, root.Column);
        }

        if (root is YamlSequence list && list.Items.OfType<YamlMapping>().FirstOrDefault(item => item.Find(Kind) is not null && item.Find(ApiVersion) is not null) is { } first)
        {
            throw new YamlReadException("a document is an object, and this is a list of objects, which kubectl refuses; separate the objects by ---, or put the list under items of a List", first.Line, first.Column);
        }
    }

    // An empty text or a null is the same as nothing. Settings of other tools may have one of the keys with another value.
    private static string? FindType(YamlMapping mapping, string key) => mapping.Find(key) switch
    {
        YamlScalar { KubectlKind: YamlScalarKind.Null } => null,
        YamlScalar { KubectlKind: YamlScalarKind.String or YamlScalarKind.Tagged } scalar => scalar.Text is { Length: > 0 } text ? text : null,
        { } other when mapping.Find(Kind) is not null && mapping.Find(ApiVersion) is not null =>
            throw new YamlReadException($"{key} is not a text, and kubectl refuses the object; put the value in quotes", other.Line, other.Column),
        _ => null,
    };

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
            // Refused before any item is looked at; each is counted when it is read.
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

        var (kind, version) = (FindType(mapping, Kind), FindType(mapping, ApiVersion));
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

using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Finds, for the objects of the edited view, where they were before the edit, by reference.</summary>
internal sealed class OriginFinder
{
    private readonly JsonTree _raw;
    private readonly ListOrigins _lists;

    // By node of the edited view.
    private readonly Dictionary<int, Origin> _origins;
    private readonly Dictionary<int, ElementKey> _keys = [];

    public OriginFinder(JsonTree raw, ViewSnapshot before, ViewSnapshot after, ListOrigins lists)
    {
        _raw = raw;
        _lists = lists;
        _origins = new Dictionary<int, Origin>(after.Objects.Count);
        var byReference = FindOrigins(before);
        var nodes = FindNodes(after);
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] == JsonTree.None)
            {
                continue;
            }

            if (byReference.TryGetValue(after.Objects[i].Reference, out var origin) && !origin.IsNew)
            {
                _origins[nodes[i]] = origin;
            }

            if (after.Objects[i].Key is { } key)
            {
                _keys[nodes[i]] = key;
            }
        }
    }

    /// <summary>The origin of an object; <see cref="Origin.New"/> if the view before the edit did not hold the object.</summary>
    public Origin Find(int after) => _origins.GetValueOrDefault(after, Origin.New);

    public ElementKey? FindKey(int list) => _keys.GetValueOrDefault(list);

    private Dictionary<object, Origin> FindOrigins(ViewSnapshot before)
    {
        var origins = new Dictionary<object, Origin>(before.Objects.Count, ReferenceEqualityComparer.Instance);
        var nodes = FindNodes(before);
        var rawNodes = FindRawNodes(before, nodes);
        for (var i = 0; i < nodes.Length; i++)
        {
            // An object that stood in two places does not tell where it was.
            var reference = before.Objects[i].Reference;
            if (nodes[i] != JsonTree.None && !origins.TryAdd(reference, new Origin(nodes[i], rawNodes[i])))
            {
                origins[reference] = Origin.New;
            }
        }

        return origins;
    }

    /// <summary>Finds each object's node; none if the view's JSON lacks the object.</summary>
    private static int[] FindNodes(ViewSnapshot view)
    {
        var nodes = new int[view.Objects.Count];
        var elements = new Dictionary<int, int[]>();
        for (var i = 0; i < nodes.Length; i++)
        {
            var place = view.Objects[i];
            var parent = place.Parent < 0 ? JsonTree.None : nodes[place.Parent];
            nodes[i] = place.Parent < 0 ? JsonTree.Root
                : parent == JsonTree.None ? JsonTree.None
                : place.Name is { } name ? view.Json.Find(parent, name)
                : FindElement(parent, place.Index);
        }

        return nodes;

        int FindElement(int parent, int index)
        {
            if (!view.Json.IsArray(parent))
            {
                return JsonTree.None;
            }

            if (!elements.TryGetValue(parent, out var children))
            {
                elements[parent] = children = view.Json.ListChildren(parent);
            }

            return index < children.Length ? children[index] : JsonTree.None;
        }
    }

    /// <summary>Finds each object's raw node: none if the document lacks the object, unknown if the view does not tell.</summary>
    private int[] FindRawNodes(ViewSnapshot before, int[] beforeNodes)
    {
        var nodes = new int[beforeNodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var place = before.Objects[i];
            nodes[i] = place.Parent < 0 ? JsonTree.Root
                : beforeNodes[i] == JsonTree.None ? ListOrigins.Unknown
                : place.Name is { } name ? FindRawMember(nodes[place.Parent], name)
                : FindRawElement(beforeNodes[place.Parent], nodes[place.Parent], place.Index);
            if (before.Json.IsArray(beforeNodes[i]))
            {
                _lists.Add(beforeNodes[i], place);
            }
        }

        return nodes;
    }

    private int FindRawMember(int parent, string name) =>
        _raw.IsAbsent(parent) ? JsonTree.None
        : _raw.IsObject(parent) ? _raw.Find(parent, name)
        : ListOrigins.Unknown;

    private int FindRawElement(int before, int raw, int index) =>
        _raw.IsAbsent(raw) ? JsonTree.None
        : _raw.IsArray(raw) && _lists.GetElements(before, raw).Raw is var elements && index < elements.Length ? elements[index]
        : ListOrigins.Unknown;
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// Replays the author's edit on the raw document. The edit is the difference between the typed view before and after the handler; what the view
/// does not show, and what the author did not touch, is copied from the raw document byte for byte.
/// </summary>
internal sealed class EditReplay
{
    private readonly JsonTree _raw;
    private readonly JsonTree _before;
    private readonly JsonTree _after;
    private readonly bool _trustModel;
    private readonly ListOrigins _lists;
    private readonly Composer _output;

    // By node of the view after the edit: where its object was before, and what tells the elements apart if it is a list.
    private readonly Dictionary<int, Origin> _origins;
    private readonly Dictionary<int, ElementKey> _keys = [];

    private EditReplay(JsonTree raw, JsonTree before, JsonTree after, int objects, bool trustModel)
    {
        _raw = raw;
        _before = before;
        _after = after;
        _trustModel = trustModel;
        _lists = new ListOrigins(raw, before, trustModel);
        _origins = new Dictionary<int, Origin>(objects);
        _output = new Composer(raw.Json.Length + 256);
    }

    /// <summary>The raw document with the edit applied.</summary>
    /// <param name="raw">The document.</param>
    /// <param name="before">The view as it was.</param>
    /// <param name="graphBefore">Its objects.</param>
    /// <param name="after">The view as the author left it.</param>
    /// <param name="graphAfter">Its objects.</param>
    /// <param name="trustModel">
    /// Whether the model is taken to do what nearly all do: its lists hold what they were given, in that order, and an object that the document lacks is
    /// shown as its own type makes it. Where reading the result back proves otherwise, it is done again without.
    /// </param>
    public static Composer Run(
        JsonTree raw, JsonTree before, IReadOnlyList<GraphNode> graphBefore, JsonTree after, IReadOnlyList<GraphNode> graphAfter, bool trustModel)
    {
        var replay = new EditReplay(raw, before, after, graphAfter.Count, trustModel);
        replay.FindOrigins(graphBefore, graphAfter);
        replay.Write(JsonTree.Root, new Origin(JsonTree.Root, JsonTree.Root));
        return replay._output;
    }

    private void FindOrigins(IReadOnlyList<GraphNode> graphBefore, IReadOnlyList<GraphNode> graphAfter)
    {
        var byReference = new Dictionary<object, Origin>(graphBefore.Count, ReferenceEqualityComparer.Instance);
        var beforeNodes = Resolve(_before, graphBefore);
        var rawNodes = ResolveRaw(graphBefore, beforeNodes);
        for (var i = 0; i < graphBefore.Count; i++)
        {
            // An object that stood in two places says nothing about where it was.
            if (beforeNodes[i] != JsonTree.None
                && !byReference.TryAdd(graphBefore[i].Reference, new Origin(beforeNodes[i], rawNodes[i])))
            {
                byReference[graphBefore[i].Reference] = Origin.New;
            }
        }

        var afterNodes = Resolve(_after, graphAfter);
        for (var i = 0; i < graphAfter.Count; i++)
        {
            if (afterNodes[i] == JsonTree.None)
            {
                continue;
            }

            if (byReference.TryGetValue(graphAfter[i].Reference, out var origin) && !origin.IsNew)
            {
                _origins[afterNodes[i]] = origin;
            }

            if (graphAfter[i].Key is { } key)
            {
                _keys[afterNodes[i]] = key;
            }
        }
    }

    /// <summary>The node of each object's place in a view; none where the view lacks it.</summary>
    private static int[] Resolve(JsonTree view, IReadOnlyList<GraphNode> graph)
    {
        var nodes = new int[graph.Count];
        var elements = new Dictionary<int, List<int>>();
        for (var i = 0; i < graph.Count; i++)
        {
            var place = graph[i];
            if (place.Parent < 0)
            {
                nodes[i] = JsonTree.Root;
                continue;
            }

            var parent = nodes[place.Parent];
            nodes[i] = parent == JsonTree.None ? JsonTree.None
                : place.Name is { } name ? view.Find(parent, name)
                : Element(parent, place.Index);
        }

        return nodes;

        int Element(int parent, int index)
        {
            if (!view.IsArray(parent))
            {
                return JsonTree.None;
            }

            if (!elements.TryGetValue(parent, out var children))
            {
                elements[parent] = children = [];
                foreach (var child in view.Children(parent))
                {
                    children.Add(child);
                }
            }

            return index < children.Count ? children[index] : JsonTree.None;
        }
    }

    /// <summary>The raw node of each object: none where the document lacks it, unknown where the view does not tell.</summary>
    private int[] ResolveRaw(IReadOnlyList<GraphNode> graph, int[] beforeNodes)
    {
        var nodes = new int[graph.Count];
        for (var i = 0; i < graph.Count; i++)
        {
            var place = graph[i];
            nodes[i] = place.Parent < 0 ? JsonTree.Root
                : beforeNodes[i] == JsonTree.None ? ListOrigins.Unknown
                : place.Name is { } name ? Member(nodes[place.Parent], name)
                : Element(beforeNodes[place.Parent], nodes[place.Parent], place.Index);
            if (_before.IsArray(beforeNodes[i]))
            {
                _lists.Add(beforeNodes[i], place);
            }
        }

        return nodes;

        int Member(int parent, string name) =>
            IsAbsent(parent) ? JsonTree.None : _raw.IsObject(parent) ? _raw.Find(parent, name) : ListOrigins.Unknown;

        int Element(int before, int raw, int index) =>
            IsAbsent(raw) ? JsonTree.None : _raw.IsArray(raw) && _lists.Elements(before, raw).Raw is var elements && index < elements.Length ? elements[index] : ListOrigins.Unknown;
    }

    private bool IsAbsent(int raw) => raw == JsonTree.None || (raw >= 0 && _raw.Kind(raw) == JsonTokenType.Null);

    private void Write(int after, Origin origin)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (origin.Before != JsonTree.None && origin.Raw >= 0 && _before.Text(origin.Before).SequenceEqual(_after.Text(after)))
        {
            // Untouched: the raw text, whatever the view made of it.
            _output.Copy(_raw, origin.Raw);
            return;
        }

        if (origin.Raw == ListOrigins.Unknown && (_after.IsObject(after) || _after.IsArray(after)))
        {
            // What else the document says of it would be lost.
            throw new PatchException($"which received element \"{_after.PathOf(after).ToPointer()}\" of the edited object was cannot be told: a setter drops or changes what it reads; edit it by context.Patch");
        }

        if (_after.IsObject(after))
        {
            WriteObject(after, origin);
        }
        else if (_after.IsArray(after))
        {
            WriteArray(after, origin);
        }
        else
        {
            WriteValue(after, origin);
        }
    }

    private void WriteObject(int after, Origin origin)
    {
        if (!_raw.IsObject(origin.Raw))
        {
            WriteNewObject(after, origin);
            return;
        }

        var first = true;
        _output.ComesFrom(_raw, origin.Raw);
        _output.Text("{"u8);
        foreach (var rawMember in _raw.Children(origin.Raw))
        {
            var name = _raw.Name(rawMember);
            if (_raw.Find(origin.Raw, name) != rawMember)
            {
                // Of equal names the last counts; the others are nothing to anyone.
                continue;
            }

            var beforeMember = _before.Find(origin.Before, name);
            var afterMember = _after.Find(after, name);
            if (afterMember != JsonTree.None)
            {
                _output.Name(_raw, rawMember, ref first);
                Write(afterMember, MemberOrigin(afterMember, new Origin(beforeMember, rawMember)));
            }
            else if (beforeMember == JsonTree.None)
            {
                // The view does not show it.
                _output.Name(_raw, rawMember, ref first);
                _output.Copy(_raw, rawMember);
            }
        }

        foreach (var afterMember in _after.Children(after))
        {
            if (_raw.Find(origin.Raw, _after.Name(afterMember)) == JsonTree.None && !IsShownDefault(afterMember, origin.Before))
            {
                _output.Name(_after, afterMember, ref first);
                Write(afterMember, _origins.GetValueOrDefault(afterMember, Origin.New));
            }
        }

        _output.Text("}"u8);
    }

    private void WriteNewObject(int after, Origin origin)
    {
        var first = true;
        var isShownDefault = _trustModel && origin.Before != JsonTree.None && IsAbsent(origin.Raw);
        _output.Text("{"u8);
        foreach (var member in _after.Children(after))
        {
            if (!isShownDefault || !IsShownDefault(member, origin.Before))
            {
                _output.Name(_after, member, ref first);
                Write(member, _origins.GetValueOrDefault(member, Origin.New));
            }
        }

        _output.Text("}"u8);
    }

    /// <summary>Whether a member that the document lacks is a default that the view showed from the start; nobody set it.</summary>
    private bool IsShownDefault(int afterMember, int before) =>
        _before.Find(before, _after.Name(afterMember)) is >= 0 and var beforeMember && _before.Text(beforeMember).SequenceEqual(_after.Text(afterMember));

    /// <summary>A member's own object if it is one we know, even from elsewhere; else whatever stood at its place.</summary>
    private Origin MemberOrigin(int after, Origin atPlace) =>
        _origins.TryGetValue(after, out var known) && known.Raw != JsonTree.None ? known : atPlace;

    private void WriteArray(int after, Origin origin)
    {
        var origins = MatchElements(after, origin);
        if (_raw.IsArray(origin.Raw))
        {
            _output.ComesFrom(_raw, origin.Raw);
        }

        _output.Text("["u8);
        var (first, index) = (true, 0);
        foreach (var element in _after.Children(after))
        {
            _output.Separator(ref first);
            Write(element, origins[index++]);
        }

        _output.Text("]"u8);
    }

    private void WriteValue(int after, Origin origin)
    {
        if (origin.Raw >= 0)
        {
            // Which element of a list it was saves the diff the search for it.
            _output.ComesFrom(_raw, origin.Raw);
        }

        _output.Text(_after.Text(after));
    }

    private Origin[] MatchElements(int after, Origin origin)
    {
        List<int> elements = [];
        foreach (var element in _after.Children(after))
        {
            elements.Add(element);
        }

        var known = elements.ConvertAll(element => _origins.GetValueOrDefault(element, Origin.New));
        if (!_raw.IsArray(origin.Raw) || !_before.IsArray(origin.Before))
        {
            return [.. known];
        }

        var (before, raw) = _lists.Elements(origin.Before, origin.Raw);
        var matches = ListMatcher.Match(_before, before, _after, elements, known, _keys.GetValueOrDefault(after));
        var origins = new Origin[elements.Count];
        for (var i = 0; i < origins.Length; i++)
        {
            origins[i] = matches[i] >= 0 && raw[matches[i]] != JsonTree.None ? new Origin(before[matches[i]], raw[matches[i]]) : known[i];
        }

        return origins;
    }
}

namespace AdmissionSdk.Patching;

/// <summary>
/// Replays the author's edit on the raw document. The edit is the difference between the typed view before and after the handler; what the view
/// does not show, and what the author did not touch, is copied from the raw document byte for byte.
/// </summary>
internal sealed class EditReplay
{
    private readonly JsonTree _raw;
    private readonly JsonTree _before;
    private readonly JsonTree _after;
    private readonly Composer _output;

    // By node of the view after the edit: where its object was before, and the merge key if it is a list.
    private readonly Dictionary<int, Origin> _origins;
    private readonly Dictionary<int, string> _mergeKeys = [];

    private EditReplay(JsonTree raw, JsonTree before, JsonTree after, int objects)
    {
        _raw = raw;
        _before = before;
        _after = after;
        _origins = new Dictionary<int, Origin>(objects);
        _output = new Composer(raw.Json.Length + 256);
    }

    /// <summary>The raw document with the edit applied.</summary>
    public static Composer Run(
        JsonTree raw, JsonTree before, IReadOnlyList<GraphNode> graphBefore, JsonTree after, IReadOnlyList<GraphNode> graphAfter)
    {
        var replay = new EditReplay(raw, before, after, graphAfter.Count);
        replay.FindOrigins(graphBefore, graphAfter);
        replay.Write(JsonTree.Root, new Origin(JsonTree.Root, JsonTree.Root));
        return replay._output;
    }

    private void FindOrigins(IReadOnlyList<GraphNode> graphBefore, IReadOnlyList<GraphNode> graphAfter)
    {
        var byReference = new Dictionary<object, Origin>(graphBefore.Count, ReferenceEqualityComparer.Instance);
        var beforeNodes = Resolve(_before, graphBefore);
        var rawNodes = Resolve(_raw, graphBefore);
        for (var i = 0; i < graphBefore.Count; i++)
        {
            if (beforeNodes[i] != JsonTree.None)
            {
                byReference[graphBefore[i].Reference] = new Origin(beforeNodes[i], rawNodes[i]);
            }
        }

        var afterNodes = Resolve(_after, graphAfter);
        for (var i = 0; i < graphAfter.Count; i++)
        {
            if (afterNodes[i] == JsonTree.None)
            {
                continue;
            }

            if (byReference.TryGetValue(graphAfter[i].Reference, out var origin))
            {
                _origins[afterNodes[i]] = origin;
            }

            if (graphAfter[i].MergeKey is { } mergeKey)
            {
                _mergeKeys[afterNodes[i]] = mergeKey;
            }
        }
    }

    /// <summary>The node of each object's place in a document; none where the document lacks it.</summary>
    private static int[] Resolve(JsonTree tree, IReadOnlyList<GraphNode> graph)
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
                : place.Name is { } name ? tree.Find(parent, name)
                : Element(parent, place.Index);
        }

        return nodes;

        int Element(int parent, int index)
        {
            if (!tree.IsArray(parent))
            {
                return JsonTree.None;
            }

            if (!elements.TryGetValue(parent, out var children))
            {
                elements[parent] = children = [];
                foreach (var child in tree.Children(parent))
                {
                    children.Add(child);
                }
            }

            return index < children.Count ? children[index] : JsonTree.None;
        }
    }

    private void Write(int after, Origin origin)
    {
        if (origin.Before != JsonTree.None && origin.Raw != JsonTree.None && _before.Text(origin.Before).SequenceEqual(_after.Text(after)))
        {
            // Untouched: the raw text, whatever the view made of it.
            _output.Copy(_raw, origin.Raw);
            return;
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
            _output.Text(_after.Text(after));
        }
    }

    private void WriteObject(int after, Origin origin)
    {
        var first = true;
        if (!_raw.IsObject(origin.Raw))
        {
            _output.Text("{"u8);
            foreach (var member in _after.Children(after))
            {
                _output.Name(_after, member, ref first);
                Write(member, _origins.GetValueOrDefault(member, Origin.New));
            }

            _output.Text("}"u8);
            return;
        }

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
            var name = _after.Name(afterMember);
            if (_raw.Find(origin.Raw, name) != JsonTree.None)
            {
                continue;
            }

            var beforeMember = _before.Find(origin.Before, name);
            if (beforeMember != JsonTree.None && _before.Text(beforeMember).SequenceEqual(_after.Text(afterMember)))
            {
                // A default that the view shows and the document lacks; nobody set it.
                continue;
            }

            _output.Name(_after, afterMember, ref first);
            Write(afterMember, _origins.GetValueOrDefault(afterMember, Origin.New));
        }

        _output.Text("}"u8);
    }

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

    private Origin[] MatchElements(int after, Origin origin)
    {
        List<int> elements = [];
        foreach (var element in _after.Children(after))
        {
            elements.Add(element);
        }

        var origins = new Origin[elements.Count];
        var known = elements.ConvertAll(element => _origins.GetValueOrDefault(element, Origin.New));
        if (!_raw.IsArray(origin.Raw) || !_before.IsArray(origin.Before))
        {
            known.CopyTo(origins);
            return origins;
        }

        List<int> beforeElements = [], rawElements = [];
        foreach (var element in _before.Children(origin.Before))
        {
            beforeElements.Add(element);
        }

        foreach (var element in _raw.Children(origin.Raw))
        {
            rawElements.Add(element);
        }

        if (beforeElements.Count != rawElements.Count)
        {
            // A converter of the user's own made a list of something else; its elements have no counterpart.
            known.CopyTo(origins);
            return origins;
        }

        var matches = ListMatcher.Match(_before, beforeElements, _after, elements, known, _mergeKeys.GetValueOrDefault(after));
        for (var i = 0; i < elements.Count; i++)
        {
            origins[i] = matches[i] >= 0 ? new Origin(beforeElements[matches[i]], rawElements[matches[i]]) : known[i];
        }

        return origins;
    }
}

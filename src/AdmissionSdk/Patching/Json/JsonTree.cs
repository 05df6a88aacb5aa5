using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace AdmissionSdk.Patching.Json;

/// <summary>
/// A JSON document as a flat list of nodes in document order, each with its place in the text. One pass builds the list, without copies:
/// JsonElement has no offsets, and JsonNode rewrites its values.
/// </summary>
internal sealed class JsonTree
{
    /// <summary>The document's own node.</summary>
    public const int Root = 0;

    /// <summary>No node.</summary>
    public const int None = -1;

    // A guess, from objects of the API server.
    private const int BytesPerNode = 14;

    // The widest object that is scanned for a name; a ConfigMap of 10,000 keys would make look-ups quadratic.
    private const int LargestScan = 16;

    private readonly List<Node> _nodes;
    private Dictionary<int, Dictionary<string, int>>? _indexes;

    private JsonTree(ReadOnlyMemory<byte> json, List<Node> nodes)
    {
        Json = json;
        _nodes = nodes;
    }

    public ReadOnlyMemory<byte> Json { get; }

    public int Count => _nodes.Count;

    /// <exception cref="JsonException">The text is not JSON, or nested deeper than <paramref name="maxDepth"/>.</exception>
    public static JsonTree Parse(ReadOnlyMemory<byte> json, int maxDepth)
    {
        var nodes = new List<Node>((json.Length / BytesPerNode) + 8);
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        var (nameStart, nameLength) = (0, 0);
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            var end = (int)reader.BytesConsumed;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    (nameStart, nameLength) = (start + 1, reader.ValueSpan.Length);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    var opened = open.Pop();
                    nodes[opened] = nodes[opened] with { Length = end - nodes[opened].Start, End = nodes.Count };
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(nodes.Count);
                    break;
            }

            nodes.Add(new Node { Kind = reader.TokenType, Start = start, Length = end - start, NameStart = nameStart, NameLength = nameLength, End = nodes.Count + 1 });
            (nameStart, nameLength) = (0, 0);
        }

        return new JsonTree(json, nodes);
    }

    public JsonTokenType Kind(int node) => _nodes[node].Kind;

    public bool IsObject(int node) => node >= 0 && _nodes[node].Kind == JsonTokenType.StartObject;

    public bool IsArray(int node) => node >= 0 && _nodes[node].Kind == JsonTokenType.StartArray;

    /// <summary>The value's first byte in <see cref="Json"/>.</summary>
    public int Start(int node) => _nodes[node].Start;

    /// <summary>The value's bytes.</summary>
    public ReadOnlySpan<byte> Text(int node) => Json.Span.Slice(_nodes[node].Start, _nodes[node].Length);

    /// <summary>The value's bytes as a string.</summary>
    public string GetRawText(int node) => Encoding.UTF8.GetString(Text(node));

    /// <summary>The string that a value is; null for any other value.</summary>
    public string? GetString(int node) => Kind(node) == JsonTokenType.String ? JsonText.Unescape(Text(node)[1..^1]) : null;

    /// <summary>Tells if a member is absent or null.</summary>
    public bool IsAbsent(int node) => node == None || (node >= 0 && Kind(node) == JsonTokenType.Null);

    /// <summary>The bytes of a member's name as written, without quotes.</summary>
    public ReadOnlySpan<byte> NameText(int node) => Json.Span.Slice(_nodes[node].NameStart, _nodes[node].NameLength);

    /// <summary>A member's name.</summary>
    public string Name(int node) => JsonText.Unescape(NameText(node));

    /// <summary>The node behind a node and all its descendants.</summary>
    public int End(int node) => _nodes[node].End;

    /// <summary>The nodes directly below, in order.</summary>
    public ChildEnumerator Children(int node) => new(this, node);

    /// <summary>The nodes directly below, as a list.</summary>
    public int[] ListChildren(int node)
    {
        var children = new int[ChildCount(node)];
        var index = 0;
        foreach (var child in Children(node))
        {
            children[index++] = child;
        }

        return children;
    }

    public int ChildCount(int node)
    {
        var count = 0;
        foreach (var _ in Children(node))
        {
            count++;
        }

        return count;
    }

    /// <summary>Counts the levels of a value: 0 for a plain one, 1 for an empty object or list.</summary>
    public int MeasureDepth(int node)
    {
        if (!IsObject(node) && !IsArray(node))
        {
            return 0;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        var depth = 0;
        foreach (var child in Children(node))
        {
            depth = Math.Max(depth, MeasureDepth(child));
        }

        return depth + 1;
    }

    /// <summary>Finds a node's place in the document, for messages.</summary>
    public JsonPointer FindPointer(int node)
    {
        var (path, at) = (JsonPointer.Root, Root);
        while (at != node)
        {
            var index = 0;
            foreach (var child in Children(at))
            {
                if (node < End(child))
                {
                    path = IsObject(at) ? path.Append(Name(child)) : path.Append(index);
                    at = child;
                    break;
                }

                index++;
            }
        }

        return path;
    }

    /// <summary>Finds an object's member, or <see cref="None"/>. Among equal names the last counts, as for every decoder involved.</summary>
    public int Find(int node, string name)
    {
        if (!IsObject(node))
        {
            return None;
        }

        if (_indexes is not null && _indexes.TryGetValue(node, out var index))
        {
            return index.GetValueOrDefault(name, None);
        }

        var (found, scanned) = (None, 0);
        foreach (var child in Children(node))
        {
            if (++scanned > LargestScan)
            {
                return BuildIndex(node).GetValueOrDefault(name, None);
            }

            if (JsonText.Equals(NameText(child), name))
            {
                found = child;
            }
        }

        return found;
    }

    private Dictionary<string, int> BuildIndex(int node)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var child in Children(node))
        {
            index[Name(child)] = child;
        }

        (_indexes ??= [])[node] = index;
        return index;
    }

    /// <summary>One value: its bytes, its name if it is a member, and the node behind its last descendant.</summary>
    private readonly record struct Node
    {
        public JsonTokenType Kind { get; init; }

        public int Start { get; init; }

        public int Length { get; init; }

        public int NameStart { get; init; }

        public int NameLength { get; init; }

        public int End { get; init; }
    }

    /// <summary>Steps from child to child, without allocation.</summary>
    public ref struct ChildEnumerator(JsonTree tree, int parent)
    {
        private readonly int _end = tree.End(parent);
        private int _next = parent + 1;

        public int Current { get; private set; }

        public readonly ChildEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Current = _next;
            _next = tree.End(_next);
            return true;
        }
    }
}

using System.Text.Json;

namespace AdmissionSdk.Patching;

/// <summary>A value in a document that is being patched. Stays a slice of its text until something below it changes.</summary>
internal sealed class PatchNode
{
    private static readonly JsonTree EmptyObject = JsonTree.Parse("{}"u8.ToArray(), maxDepth: 1);
    private static readonly JsonTree EmptyList = JsonTree.Parse("[]"u8.ToArray(), maxDepth: 1);
    private readonly JsonTree _tree;
    private readonly int _node;
    private readonly bool _isSource;
    private List<PatchNode>? _elements;
    private List<(string Name, PatchNode Value)>? _members;

    private PatchNode(JsonTree tree, int node, bool isSource)
    {
        _tree = tree;
        _node = node;
        _isSource = isSource;
    }

    /// <summary>The document that is patched.</summary>
    public static PatchNode Source(JsonTree tree) => new(tree, JsonTree.Root, isSource: true);

    /// <summary>A value from elsewhere.</summary>
    public static PatchNode Value(JsonTree tree, int node) => new(tree, node, isSource: false);

    /// <summary>An empty object or list.</summary>
    public static PatchNode Empty(bool list) => Value(list ? EmptyList : EmptyObject, JsonTree.Root);

    public bool IsObject => _tree.IsObject(_node);

    public bool IsArray => _tree.IsArray(_node);

    public bool IsNull => _tree.Kind(_node) == JsonTokenType.Null;

    public int Count => Elements.Count;

    private List<PatchNode> Elements => _elements ??= ExpandElements();

    private List<(string Name, PatchNode Value)> Members => _members ??= ExpandMembers();

    public PatchNode? Find(string name)
    {
        if (_members is null)
        {
            // Looking is no reason to expand; the tree has an index for wide objects.
            var child = _tree.Find(_node, name);
            return child == JsonTree.None ? null : Members[IndexOf(name)].Value;
        }

        return IndexOf(name) is >= 0 and var index ? _members[index].Value : null;
    }

    public PatchNode this[int index] => Elements[index];

    public void Set(string name, PatchNode value)
    {
        var index = IndexOf(name);
        if (index >= 0)
        {
            Members[index] = (name, value);
        }
        else
        {
            Members.Add((name, value));
        }
    }

    public bool Remove(string name)
    {
        var index = IndexOf(name);
        if (index >= 0)
        {
            Members.RemoveAt(index);
        }

        return index >= 0;
    }

    public void Set(int index, PatchNode value) => Elements[index] = value;

    public void Insert(int index, PatchNode value) => Elements.Insert(index, value);

    public void RemoveAt(int index) => Elements.RemoveAt(index);

    /// <summary>Whether this is the same value as a document's.</summary>
    public bool ValueEquals(JsonTree other, int maxDepth)
    {
        var output = new Composer(256);
        Write(output);
        return JsonEquality.DeepEquals(JsonTree.Parse(output.Written, maxDepth), JsonTree.Root, other, JsonTree.Root);
    }

    /// <summary>A copy that later changes to this one do not reach.</summary>
    public PatchNode Clone()
    {
        var clone = new PatchNode(_tree, _node, isSource: false);
        if (_members is not null)
        {
            clone._members = _members.ConvertAll(member => (member.Name, member.Value.Clone()));
        }

        if (_elements is not null)
        {
            clone._elements = _elements.ConvertAll(element => element.Clone());
        }

        return clone;
    }

    public void Write(Composer output)
    {
        if (_members is null && _elements is null)
        {
            if (_isSource)
            {
                output.Copy(_tree, _node);
            }
            else
            {
                output.Text(_tree.Text(_node));
            }

            return;
        }

        if (_isSource)
        {
            output.ComesFrom(_tree, _node);
        }

        if (_members is not null)
        {
            WriteMembers(output, _members);
        }
        else
        {
            WriteElements(output, _elements!);
        }
    }

    private static void WriteMembers(Composer output, List<(string Name, PatchNode Value)> members)
    {
        var first = true;
        output.Text("{"u8);
        foreach (var (name, value) in members)
        {
            output.Separator(ref first);
            output.Text(JsonText.Quote(name));
            output.Text(":"u8);
            value.Write(output);
        }

        output.Text("}"u8);
    }

    private static void WriteElements(Composer output, List<PatchNode> elements)
    {
        var first = true;
        output.Text("["u8);
        foreach (var element in elements)
        {
            output.Separator(ref first);
            element.Write(output);
        }

        output.Text("]"u8);
    }

    private int IndexOf(string name) => Members.FindIndex(member => string.Equals(member.Name, name, StringComparison.Ordinal));

    private List<(string Name, PatchNode Value)> ExpandMembers()
    {
        var members = new List<(string, PatchNode)>();
        foreach (var child in _tree.Children(_node))
        {
            var name = _tree.Name(child);
            if (_tree.Find(_node, name) == child)
            {
                members.Add((name, new PatchNode(_tree, child, _isSource)));
            }
        }

        return members;
    }

    private List<PatchNode> ExpandElements()
    {
        var elements = new List<PatchNode>();
        foreach (var child in _tree.Children(_node))
        {
            elements.Add(new PatchNode(_tree, child, _isSource));
        }

        return elements;
    }
}

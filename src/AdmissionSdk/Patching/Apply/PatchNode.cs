using System.Runtime.CompilerServices;
using System.Text.Json;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>A value in a document that is being patched. Stays a slice of its text until something below it changes.</summary>
internal sealed class PatchNode
{
    private static readonly JsonTree EmptyObject = JsonTree.Parse("{}"u8.ToArray(), maxDepth: 1);
    private static readonly JsonTree EmptyList = JsonTree.Parse("[]"u8.ToArray(), maxDepth: 1);
    private readonly JsonTree _tree;
    private readonly int _node;
    private readonly bool _isSource;
    private List<PatchNode>? _elements;
    private PatchMembers? _members;

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

    private PatchMembers Members => _members ??= ExpandMembers();

    // Looking is no reason to expand what is not there.
    public PatchNode? Find(string name) =>
        _members is null && _tree.Find(_node, name) == JsonTree.None ? null : Members.Find(name);

    public PatchNode this[int index] => Elements[index];

    public void Set(string name, PatchNode value) => Members.Set(name, value);

    public bool Remove(string name) => Members.Remove(name);

    public void Set(int index, PatchNode value) => Elements[index] = value;

    public void Insert(int index, PatchNode value) => Elements.Insert(index, value);

    public void RemoveAt(int index) => Elements.RemoveAt(index);

    /// <summary>The string it is, or null.</summary>
    public string? StringValue => _tree.Kind(_node) == JsonTokenType.String ? JsonText.Unescape(_tree.Text(_node)[1..^1]) : null;

    /// <summary>Whether this is the same value as one of another document.</summary>
    public bool ValueEquals(JsonTree other, int otherNode, int maxDepth)
    {
        if (_members is null && _elements is null)
        {
            return JsonEquality.DeepEquals(_tree, _node, other, otherNode);
        }

        var output = new Composer(256);
        Write(output);
        return JsonEquality.DeepEquals(JsonTree.Parse(output.Written, maxDepth), JsonTree.Root, other, otherNode);
    }

    /// <summary>How deep it is nested; 0 for a plain value.</summary>
    public int Depth()
    {
        if (_members is null && _elements is null)
        {
            return _tree.Depth(_node);
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        var depth = 0;
        foreach (var child in _members?.All.Select(member => member.Value) ?? _elements!)
        {
            depth = Math.Max(depth, child.Depth());
        }

        return depth + 1;
    }

    /// <summary>A copy that later changes to this one do not reach.</summary>
    public PatchNode Clone()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var clone = new PatchNode(_tree, _node, isSource: false);
        if (_members is not null)
        {
            clone._members = new PatchMembers();
            foreach (var (name, value) in _members.All)
            {
                clone._members.Set(name, value.Clone());
            }
        }

        if (_elements is not null)
        {
            clone._elements = _elements.ConvertAll(element => element.Clone());
        }

        return clone;
    }

    public void Write(Composer output)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
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

    private static void WriteMembers(Composer output, PatchMembers members)
    {
        var first = true;
        output.Text("{"u8);
        foreach (var (name, value) in members.All)
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

    private PatchMembers ExpandMembers()
    {
        var members = new PatchMembers();
        foreach (var child in _tree.Children(_node))
        {
            // Of equal names the last counts, at the place of the first.
            members.Set(_tree.Name(child), new PatchNode(_tree, child, _isSource));
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

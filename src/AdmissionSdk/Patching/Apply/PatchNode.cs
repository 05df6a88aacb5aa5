using System.Runtime.CompilerServices;
using System.Text.Json;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>A value in a document that is being patched, kept as a slice of its text until something below the value changes.</summary>
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

    public bool IsObject => _tree.IsObject(_node);

    public bool IsArray => _tree.IsArray(_node);

    public bool IsNull => _tree.Kind(_node) == JsonTokenType.Null;

    /// <summary>The string that the value is, or null.</summary>
    public string? StringValue => _tree.GetString(_node);

    public int Count => Elements.Count;

    private List<PatchNode> Elements => _elements ??= ExpandElements();

    private PatchMembers Members => _members ??= ExpandMembers();

    private bool IsExpanded => _members is not null || _elements is not null;

    public PatchNode this[int index] => Elements[index];

    /// <summary>Makes the root of the document that is patched.</summary>
    public static PatchNode FromSource(JsonTree tree) => new(tree, JsonTree.Root, isSource: true);

    /// <summary>Makes a value that comes from elsewhere.</summary>
    public static PatchNode FromValue(JsonTree tree) => new(tree, JsonTree.Root, isSource: false);

    public static PatchNode CreateEmpty(bool list) => FromValue(list ? EmptyList : EmptyObject);

    /// <summary>Finds a member or an element, or null.</summary>
    public PatchNode? Find(string segment)
    {
        if (IsArray)
        {
            return FindIndex(segment) is >= 0 and var index ? Elements[index] : null;
        }

        // A look at a missing member does not expand the object.
        return _members is null && _tree.Find(_node, segment) == JsonTree.None ? null : Members.Find(segment);
    }

    /// <summary>Finds the index of an element of a list; -1 if there is none.</summary>
    public int FindIndex(string segment) => JsonPointer.TryIndex(segment) is var index && index < Count ? index : -1;

    /// <summary>Sets a member, or replaces an element that exists.</summary>
    public void Set(string segment, PatchNode value)
    {
        if (IsObject)
        {
            Members.Set(segment, value);
        }
        else
        {
            Elements[FindIndex(segment)] = value;
        }
    }

    public void Insert(int index, PatchNode value) => Elements.Insert(index, value);

    /// <summary>Removes a member or an element. False if there is none.</summary>
    public bool Remove(string segment)
    {
        if (IsObject)
        {
            return Members.Remove(segment);
        }

        if (!IsArray || FindIndex(segment) is not (>= 0 and var index))
        {
            return false;
        }

        Elements.RemoveAt(index);
        return true;
    }

    /// <summary>Tells if this is the same value as one of another document.</summary>
    public bool ValueEquals(JsonTree other, int otherNode, int maxDepth) => IsExpanded
        ? JsonEquality.DeepEquals(JsonTree.Parse(Write(), maxDepth), JsonTree.Root, other, otherNode)
        : JsonEquality.DeepEquals(_tree, _node, other, otherNode);

    /// <summary>Counts the levels of the value; 0 for a plain one.</summary>
    public int MeasureDepth()
    {
        if (!IsExpanded)
        {
            return _tree.MeasureDepth(_node);
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        var depth = 0;
        foreach (var child in _members?.All.Select(member => member.Value) ?? _elements!)
        {
            depth = Math.Max(depth, child.MeasureDepth());
        }

        return depth + 1;
    }

    /// <summary>Copies the value, so that later changes to the original do not reach the copy.</summary>
    public PatchNode Clone()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var clone = new PatchNode(_tree, _node, isSource: false) { _elements = _elements?.ConvertAll(element => element.Clone()) };
        if (_members is not null)
        {
            clone._members = new PatchMembers();
            foreach (var (name, value) in _members.All)
            {
                clone._members.Set(name, value.Clone());
            }
        }

        return clone;
    }

    public ReadOnlyMemory<byte> Write()
    {
        var output = new Composer(256);
        Write(output);
        return output.Written;
    }

    public void Write(Composer output)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!IsExpanded)
        {
            if (_isSource)
            {
                output.Copy(_tree, _node);
            }
            else
            {
                output.WriteText(_tree.Text(_node));
            }

            return;
        }

        if (_isSource)
        {
            output.NoteSource(_tree, _node);
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
        output.WriteText("{"u8);
        foreach (var (name, value) in members.All)
        {
            output.WriteSeparator(ref first);
            output.WriteText(JsonText.Quote(name));
            output.WriteText(":"u8);
            value.Write(output);
        }

        output.WriteText("}"u8);
    }

    private static void WriteElements(Composer output, List<PatchNode> elements)
    {
        var first = true;
        output.WriteText("["u8);
        foreach (var element in elements)
        {
            output.WriteSeparator(ref first);
            element.Write(output);
        }

        output.WriteText("]"u8);
    }

    private PatchMembers ExpandMembers()
    {
        var members = new PatchMembers();
        foreach (var child in _tree.Children(_node))
        {
            // The last of equal names counts, in the place of the first.
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

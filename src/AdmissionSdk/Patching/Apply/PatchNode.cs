using System.Runtime.CompilerServices;
using AdmissionSdk.Memory;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>A value in a document that is being patched: a slice of text that is known to be JSON, until something below the value changes.</summary>
internal sealed class PatchNode
{
    // The children of a value up to this number are covered by what every review is charged.
    private const int FewChildren = 64;

    // A child with its name, in all documents and maps that an edit is made and checked with.
    private const int BytesPerChild = 512;

    private readonly int _length;

    private PatchNode(ReadOnlyMemory<byte> json, int start, int length, JsonIndex? index)
    {
        Json = json;
        Start = start;
        _length = length;
        Index = index;
    }

    /// <summary>The text that the value is a slice of.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The value's first byte in <see cref="Json"/>.</summary>
    public int Start { get; }

    /// <summary>The value's bytes before anything below changed.</summary>
    public ReadOnlySpan<byte> FirstText => Json.Span.Slice(Start, _length);

    /// <summary>The index of the document's text; null if the value comes from elsewhere.</summary>
    public JsonIndex? Index { get; }

    /// <summary>Tells if the value stood in the document from the start.</summary>
    public bool IsSource => Index is not null;

    public bool IsObject => Json.Span[Start] == (byte)'{';

    public bool IsArray => Json.Span[Start] == (byte)'[';

    public bool IsNull => Json.Span[Start] == (byte)'n';

    /// <summary>The string that the value is, or null.</summary>
    public string? StringValue => FirstText is [(byte)'"', .. var text, (byte)'"'] ? JsonText.Unescape(text) : null;

    public int Count => Elements.Count;

    /// <summary>Tells if somebody looked below the value; only then something may have changed.</summary>
    public bool IsOpen => OpenMembers is not null || OpenElements is not null;

    /// <summary>Tells if something below the value was set, added or removed.</summary>
    public bool IsChanged => OpenMembers?.IsChanged == true || OpenElements?.IsChanged == true;

    /// <summary>The members of an object that is open.</summary>
    public PatchMembers? OpenMembers { get; private set; }

    /// <summary>The elements of a list that is open.</summary>
    public PatchElements? OpenElements { get; private set; }

    public PatchMembers Members => OpenMembers ??= new PatchMembers(this);

    public PatchElements Elements => OpenElements ??= new PatchElements(this);

    public PatchNode this[int index] => Elements[index];

    /// <summary>Charges the children of a wide value before there is memory for them, as many again each time that their number doubles.</summary>
    /// <exception cref="ReviewMemoryException">They do not fit.</exception>
    public void ChargeChild(int known)
    {
        if (known >= FewChildren && int.IsPow2(known))
        {
            ReviewMemoryException.ThrowIfOver(Index?.Memory, known * (long)BytesPerChild);
        }
    }

    /// <summary>Makes the root of the document that is patched.</summary>
    public static PatchNode FromSource(ReadOnlyMemory<byte> json, JsonIndex index) => Create(json, index);

    /// <summary>Makes a value that comes from elsewhere.</summary>
    public static PatchNode FromValue(ReadOnlyMemory<byte> json) => Create(json, index: null);

    public static PatchNode CreateEmpty(bool list) => FromValue(list ? "[]"u8.ToArray() : "{}"u8.ToArray());

    /// <summary>Finds a member or an element, or null.</summary>
    public PatchNode? Find(string segment) =>
        IsObject ? Members.Find(segment)
        : IsArray && FindIndex(segment) is >= 0 and var index ? Elements[index]
        : null;

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
            Elements.Set(FindIndex(segment), value);
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

    /// <summary>Tells if this is the same value as another text.</summary>
    public bool ValueEquals(ReadOnlyMemory<byte> other, int maxDepth)
    {
        var own = Write();
        return own.Span.SequenceEqual(other.Span)
            || JsonEquality.DeepEquals(JsonTree.Parse(own, maxDepth), JsonTree.Root, JsonTree.Parse(other, maxDepth), JsonTree.Root);
    }

    /// <summary>
    /// Tells if a value of another copy of the document certainly is the same: what neither opened stands in the same place, and what was put in has the same
    /// text. False does not mean that the values differ.
    /// </summary>
    public bool IsSame(PatchNode other)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!IsSource || !other.IsSource)
        {
            return IsSource == other.IsSource && !IsChanged && !other.IsChanged && FirstText.SequenceEqual(other.FirstText);
        }

        if (Start != other.Start)
        {
            return false;
        }

        return (OpenMembers, other.OpenMembers, OpenElements, other.OpenElements) switch
        {
            ({ } left, { } right, _, _) => left.IsSame(right),
            (_, _, { } left, { } right) => left.IsSame(right),
            _ => !IsChanged && !other.IsChanged,
        };
    }

    /// <summary>Counts the levels of the value; 0 for a plain one.</summary>
    public int MeasureDepth()
    {
        if (!IsOpen)
        {
            return JsonScan.MeasureDepth(FirstText);
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        var depth = 0;
        foreach (ref var slot in OpenMembers is null ? OpenElements!.Slots : OpenMembers.Slots)
        {
            if (!slot.IsRemoved)
            {
                depth = Math.Max(depth, slot.Node?.MeasureDepth() ?? JsonScan.MeasureDepth(Json.Span.Slice(slot.Start, slot.Length)));
            }
        }

        return depth + 1;
    }

    /// <summary>Copies the value, so that later changes to the original do not reach the copy.</summary>
    public PatchNode Clone()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var clone = new PatchNode(Json, Start, _length, index: null);
        clone.OpenMembers = OpenMembers?.Clone(clone);
        clone.OpenElements = OpenElements?.Clone(clone);
        return clone;
    }

    public ReadOnlyMemory<byte> Write()
    {
        if (!IsOpen)
        {
            return Json.Slice(Start, _length);
        }

        var output = new Composer(_length + 256);
        Write(output);
        return output.Written;
    }

    public void Write(Composer output)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!IsOpen)
        {
            WriteText(output, Start, _length);
            return;
        }

        if (IsSource)
        {
            output.NoteSource(Start);
        }

        if (OpenMembers is not null)
        {
            OpenMembers.Write(output);
        }
        else
        {
            OpenElements!.Write(output);
        }
    }

    /// <summary>Tells if the values in two places, of this value and of another copy of it, certainly are the same.</summary>
    public static bool AreSame(in PatchSlot left, in PatchSlot right) => (left.Node, right.Node) switch
    {
        ({ } one, { } other) => one.IsSame(other),
        (null, { } node) => node.IsSource && !node.IsChanged && node.Start == left.Start,
        ({ } node, null) => node.IsSource && !node.IsChanged && node.Start == right.Start,
        _ => left.Start == right.Start,
    };

    /// <summary>The value that stands in one of this value's places.</summary>
    public PatchNode Open(ref PatchSlot slot) => slot.Node ??= new PatchNode(Json, slot.Start, slot.Length, Index);

    public void WriteChild(in PatchSlot slot, Composer output)
    {
        if (slot.Node is { } node)
        {
            node.Write(output);
        }
        else
        {
            WriteText(output, slot.Start, slot.Length);
        }
    }

    private static PatchNode Create(ReadOnlyMemory<byte> json, JsonIndex? index)
    {
        var text = json.Span;
        var start = JsonScan.SkipSpace(text, 0);
        var end = text.Length;
        while (text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            end--;
        }

        return new PatchNode(json, start, end - start, index);
    }

    private void WriteText(Composer output, int start, int length)
    {
        var text = Json.Span.Slice(start, length);
        if (IsSource)
        {
            output.Copy(text, start);
        }
        else
        {
            output.WriteText(text);
        }
    }
}

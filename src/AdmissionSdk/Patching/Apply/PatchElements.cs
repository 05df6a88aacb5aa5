using System.Runtime.InteropServices;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>The elements of a list that is being patched, in order.</summary>
internal sealed class PatchElements
{
    private readonly PatchNode _owner;
    private readonly List<PatchSlot> _slots;
    private PatchSlot[]? _first;

    public PatchElements(PatchNode owner)
    {
        _owner = owner;
        _slots = [];
        var elements = new JsonMemberReader(owner.Json.Span, owner.Start, owner.Index);
        while (elements.Read())
        {
            owner.ChargeChild(_slots.Count);
            _slots.Add(new PatchSlot { Origin = _slots.Count, Start = elements.Start, Length = elements.Length });
        }
    }

    private PatchElements(PatchElements original, PatchNode owner)
    {
        _owner = owner;
        _slots = [.. original._slots];
        _first = original._first;
        foreach (ref var slot in Slots)
        {
            slot.Node = slot.Node?.Clone();
        }
    }

    public Span<PatchSlot> Slots => CollectionsMarshal.AsSpan(_slots);

    /// <summary>The places that the list had at first.</summary>
    public ReadOnlySpan<PatchSlot> First => _first ?? Slots;

    /// <summary>Tells if elements were added, removed or put in the place of others.</summary>
    public bool IsRearranged => _first is not null;

    public int Count => _slots.Count;

    /// <summary>Tells if something in or below the list was put in, added or removed.</summary>
    public bool IsChanged
    {
        get
        {
            if (IsRearranged)
            {
                return true;
            }

            foreach (ref var slot in Slots)
            {
                if (slot.Node is { } node && (node.IsSource != _owner.IsSource || node.IsChanged))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public PatchNode this[int index] => _owner.Open(ref Slots[index]);

    /// <summary>Tells if the elements of another copy of the list certainly are the same, in the same order.</summary>
    public bool IsSame(PatchElements other)
    {
        var left = Slots;
        var right = other.Slots;
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (!PatchNode.AreSame(left[i], right[i]))
            {
                return false;
            }
        }

        return left.Length == right.Length;
    }

    public PatchElements Clone(PatchNode owner) => new(this, owner);

    /// <summary>Puts another value in the place of an element.</summary>
    public void Set(int index, PatchNode value)
    {
        KeepFirst();
        ref var slot = ref Slots[index];
        (slot.Node, slot.Origin) = (value, -1);
    }

    /// <summary>Changes an element to another value: the element that it was, for the diff.</summary>
    public void Change(int index, PatchNode value) => Slots[index].Node = value;

    public void Insert(int index, PatchNode value)
    {
        KeepFirst();
        _slots.Insert(index, new PatchSlot { Node = value, Origin = -1 });
    }

    public void RemoveAt(int index)
    {
        KeepFirst();
        _slots.RemoveAt(index);
    }

    public void Write(Composer output)
    {
        var first = true;
        output.WriteText("["u8);
        foreach (ref var slot in Slots)
        {
            output.WriteSeparator(ref first);
            _owner.WriteChild(slot, output);
        }

        output.WriteText("]"u8);
    }

    private void KeepFirst() => _first ??= [.. _slots];
}

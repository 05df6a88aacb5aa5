using System.Runtime.InteropServices;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>The members of an object that is being patched, in order. Wide objects get an index: a ConfigMap of 10,000 keys would make patches quadratic.</summary>
internal sealed class PatchMembers
{
    private const int LargestScan = 32;

    // A guess, from objects of the API server.
    private const int ExpectedMembers = 12;

    private readonly PatchNode _owner;
    private readonly List<PatchSlot> _slots;
    private Dictionary<string, int>? _index;

    public PatchMembers(PatchNode owner)
    {
        _owner = owner;
        _slots = new List<PatchSlot>(ExpectedMembers);
        var json = owner.Json.Span;
        var members = new JsonMemberReader(json, owner.Start, owner.Index);
        while (members.Read())
        {
            owner.ChargeChild(_slots.Count);
            AddFirst(members, json);
        }

        FirstCount = _slots.Count;
    }

    private PatchMembers(PatchMembers original, PatchNode owner)
    {
        _owner = owner;
        _slots = [.. original._slots];
        FirstCount = original.FirstCount;
        foreach (ref var slot in Slots)
        {
            slot.Node = slot.Node?.Clone();
        }
    }

    /// <summary>The members' places: first those that the object had at first, then those that were added.</summary>
    public Span<PatchSlot> Slots => CollectionsMarshal.AsSpan(_slots);

    /// <summary>The number of members that the object had at first.</summary>
    public int FirstCount { get; }

    /// <summary>Tells if a name stood in the object more than once; the last counts, in the place of the first.</summary>
    public bool HasRepeatedNames { get; private set; }

    /// <summary>Tells if something in or below the object was set, added or removed.</summary>
    public bool IsChanged
    {
        get
        {
            foreach (ref var slot in Slots)
            {
                if (slot.IsRemoved || slot.Origin < 0 || slot.Node?.IsChanged == true)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Tells if the members of another copy of the object certainly are the same, in the same order.</summary>
    public bool IsSame(PatchMembers other)
    {
        var left = Slots;
        var right = other.Slots;
        var (i, j) = (0, 0);
        while (true)
        {
            while (i < left.Length && left[i].IsRemoved)
            {
                i++;
            }

            while (j < right.Length && right[j].IsRemoved)
            {
                j++;
            }

            if (i == left.Length || j == right.Length)
            {
                return i == left.Length && j == right.Length;
            }

            var isSameName = left[i].Name is null && right[j].Name is null ? left[i].NameStart == right[j].NameStart : Name(left[i]) == other.Name(right[j]);
            if (!isSameName || !PatchNode.AreSame(left[i++], right[j++]))
            {
                return false;
            }
        }
    }

    public PatchMembers Clone(PatchNode owner) => new(this, owner);

    public PatchNode? Find(string name) => FindIndex(name) is >= 0 and var index ? _owner.Open(ref Slots[index]) : null;

    /// <summary>Replaces a member in its place, or adds it at the end.</summary>
    public void Set(string name, PatchNode value)
    {
        var index = FindIndex(name);
        if (index >= 0)
        {
            ref var slot = ref Slots[index];
            (slot.Node, slot.Origin) = (value, -1);
            return;
        }

        _slots.Add(new PatchSlot { Name = name, Node = value, Origin = -1 });
        _index?.Add(name, _slots.Count - 1);
    }

    public bool Remove(string name)
    {
        var index = FindIndex(name);
        if (index < 0)
        {
            return false;
        }

        Slots[index].IsRemoved = true;
        _index?.Remove(name);
        return true;
    }

    /// <summary>Finds the place of a member that is there now; -1 if there is none.</summary>
    public int FindIndex(string name)
    {
        if (_slots.Count > LargestScan)
        {
            _index ??= BuildIndex();
            return _index.GetValueOrDefault(name, -1);
        }

        var slots = Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            if (!slots[i].IsRemoved && IsNamed(slots[i], name))
            {
                return i;
            }
        }

        return -1;
    }

    public string Name(in PatchSlot slot) => slot.Name ?? JsonText.Unescape(NameText(slot));

    /// <summary>The name that a member had at first, as written, without quotes.</summary>
    public ReadOnlySpan<byte> NameText(in PatchSlot slot) => _owner.Json.Span.Slice(slot.NameStart, slot.NameLength);

    public void Write(Composer output)
    {
        var first = true;
        output.WriteText("{"u8);
        foreach (ref var slot in Slots)
        {
            if (slot.IsRemoved)
            {
                continue;
            }

            output.WriteSeparator(ref first);
            if (slot.Name is null)
            {
                output.WriteText(_owner.Json.Span.Slice(slot.NameStart - 1, slot.NameLength + 2));
            }
            else
            {
                output.WriteText(JsonText.QuoteName(slot.Name));
            }

            output.WriteText(":"u8);
            _owner.WriteChild(slot, output);
        }

        output.WriteText("}"u8);
    }

    private bool IsNamed(in PatchSlot slot, string name) =>
        slot.Name is null ? JsonText.Equals(NameText(slot), name) : string.Equals(slot.Name, name, StringComparison.Ordinal);

    private void AddFirst(in JsonMemberReader member, ReadOnlySpan<byte> json)
    {
        var known = FindFirst(member.Name, json);
        if (known >= 0)
        {
            HasRepeatedNames = true;
            ref var slot = ref Slots[known];
            (slot.Start, slot.Length) = (member.Start, member.Length);
            return;
        }

        _index?.Add(JsonText.Unescape(member.Name), _slots.Count);
        _slots.Add(new PatchSlot
        {
            Origin = _slots.Count,
            NameStart = member.NameStart,
            NameLength = member.NameLength,
            Start = member.Start,
            Length = member.Length,
        });
    }

    private int FindFirst(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        if (_slots.Count >= LargestScan || name.Contains((byte)'\\'))
        {
            _index ??= BuildIndex();
            return _index.GetValueOrDefault(JsonText.Unescape(name), -1);
        }

        if (_index is not null)
        {
            return _index.GetValueOrDefault(JsonText.Unescape(name), -1);
        }

        var slots = Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i].NameLength == name.Length && json.Slice(slots[i].NameStart, name.Length).SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_slots.Count, StringComparer.Ordinal);
        for (var i = 0; i < _slots.Count; i++)
        {
            if (!_slots[i].IsRemoved)
            {
                index[Name(_slots[i])] = i;
            }
        }

        return index;
    }
}

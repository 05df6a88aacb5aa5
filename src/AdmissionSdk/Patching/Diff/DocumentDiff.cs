using System.Runtime.CompilerServices;
using System.Text;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Diff;

/// <summary>
/// Finds the operations that turn a document into what was made of it, by looking at what was opened alone; the operations, and their order, are those
/// that <see cref="JsonDiff"/> finds in the two texts.
/// </summary>
/// <remarks>Makes small patches only: a patch that is long enough for a bound of <see cref="JsonDiff"/> to matter is left to it.</remarks>
internal sealed class DocumentDiff
{
    private readonly DiffState _state;
    private bool _isGivenUp;

    private DocumentDiff(PatchLimits limits) => _state = new DiffState(limits);

    private PatchWriter Patch => _state.Patch;

    /// <returns>The patch; null if it is for <see cref="JsonDiff"/> to make.</returns>
    public static PatchResult? TryCreate(PatchDocument document, PatchLimits limits)
    {
        if (document.IsUntouched)
        {
            return default(PatchResult);
        }

        if (!document.Root.IsSource)
        {
            return null;
        }

        var diff = new DocumentDiff(limits);
        diff.CompareOpened(JsonPointer.Root, document.Root);
        return diff._isGivenUp || diff.IsLong ? null : diff.Patch.Finish();
    }

    private bool IsLong => Patch.Length > Math.Min(_state.Limits.MaxExcessBytes, _state.Limits.MaxPatchBytes);

    private void CompareOpened(JsonPointer path, PatchNode node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (node.OpenMembers is { } members)
        {
            CompareMembers(path, node, members);
        }
        else if (node.OpenElements is { } elements)
        {
            CompareElements(path, node, elements);
        }
    }

    private void CompareMembers(JsonPointer path, PatchNode owner, PatchMembers members)
    {
        // JsonDiff sees each of the equal names.
        _isGivenUp |= members.HasRepeatedNames;
        var slots = members.Slots;
        Dictionary<string, int>? returned = null;
        for (var i = 0; i < members.FirstCount; i++)
        {
            if (!slots[i].IsRemoved)
            {
                continue;
            }

            var name = members.Name(slots[i]);
            if (members.FindIndex(name) >= 0)
            {
                // Removed, and set again.
                (returned ??= new(StringComparer.Ordinal)).Add(name, i);
            }
            else
            {
                Patch.Remove(path.Append(name));
            }
        }

        foreach (ref var slot in slots[..members.FirstCount])
        {
            if (!slot.IsRemoved && slot.Node is { } node)
            {
                Compare(path, members.Name(slot), owner, slot, node);
            }
        }

        foreach (ref var slot in slots[members.FirstCount..])
        {
            if (slot.IsRemoved)
            {
                continue;
            }

            if (returned is not null && returned.TryGetValue(slot.Name!, out var first))
            {
                AddDifference(path.Append(slot.Name!), owner, slots[first], slot.Node!);
            }
            else
            {
                Patch.Add(path.Append(slot.Name!), slot.Node!.Write().Span);
            }
        }
    }

    private void CompareElements(JsonPointer path, PatchNode owner, PatchElements elements)
    {
        if (!elements.IsRearranged)
        {
            var slots = elements.Slots;
            for (var i = 0; i < slots.Length; i++)
            {
                if (slots[i].Node is { } node)
                {
                    Compare(path, i, owner, slots[i], node);
                }
            }

            return;
        }

        CompareRearranged(path, owner, elements);
    }

    private void CompareRearranged(JsonPointer path, PatchNode owner, PatchElements elements)
    {
        var oldCount = elements.First.Length;
        var from = new int[elements.Count];
        for (var i = 0; i < from.Length; i++)
        {
            from[i] = elements.Slots[i].Origin;
        }

        var pairs = ListPairing.Find(
            from,
            oldCount,
            position => Encoding.UTF8.GetString(owner.Json.Span.Slice(elements.First[position].Start, elements.First[position].Length)),
            i => Encoding.UTF8.GetString(elements[i].Write().Span),
            ref _state.ListBudget);
        if (pairs is null)
        {
            _isGivenUp = true;
            return;
        }

        _state.Rearrange(path, oldCount, pairs, (place, i) => Patch.Add(place, elements[i].Write().Span));
        for (var i = 0; i < pairs.Length; i++)
        {
            if (pairs[i] >= 0)
            {
                Compare(path, i, owner, elements.First[pairs[i]], elements[i]);
            }
        }
    }

    private void Compare(JsonPointer path, string name, PatchNode owner, in PatchSlot first, PatchNode now)
    {
        if (!now.IsSource || now.IsOpen)
        {
            Compare(path.Append(name), owner, first, now);
        }
    }

    private void Compare(JsonPointer path, int index, PatchNode owner, in PatchSlot first, PatchNode now)
    {
        if (!now.IsSource || now.IsOpen)
        {
            Compare(path.Append(index), owner, first, now);
        }
    }

    private void Compare(JsonPointer path, PatchNode owner, in PatchSlot first, PatchNode now)
    {
        if (now.IsSource && now.Start == first.Start)
        {
            CompareOpened(path, now);
        }
        else
        {
            AddDifference(path, owner, first, now);
        }
    }

    private void AddDifference(JsonPointer path, PatchNode owner, in PatchSlot first, PatchNode now) =>
        JsonDiff.AddDifference(_state, path, owner.Json.Slice(first.Start, first.Length), now.Write());
}

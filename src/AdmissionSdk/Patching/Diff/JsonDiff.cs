using System.Runtime.CompilerServices;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Diff;

/// <summary>
/// Finds the operations that turn one document into another: add, replace and remove only, parents first, none superfluous, no value rewritten that is
/// the same on both sides. The <see cref="Alignment"/> tells which list element was which; content decides for the rest.
/// </summary>
/// <remarks>
/// Requesters choose the object, so both the search and its result are bounded: a list with too many differences, and an object or list whose operations
/// would be much longer than itself, is replaced whole.
/// </remarks>
internal sealed class JsonDiff
{
    private readonly JsonTree _source;
    private readonly JsonTree _target;
    private readonly Alignment _alignment;
    private readonly PatchLimits _limits;
    private readonly PatchWriter _patch = new();

    // The differences that may still be looked for in the lists of this document.
    private int _budget;

    // The length of the patch beyond which a value around the present one is replaced whole, or the patch is refused.
    private int _most;

    private JsonDiff(JsonTree source, JsonTree target, Alignment alignment, PatchLimits limits)
    {
        _source = source;
        _target = target;
        _alignment = alignment;
        _limits = limits;
        _budget = limits.MaxListDifferences;
        _most = limits.MaxPatchBytes;
    }

    private bool IsTooLong => _patch.Length > _most;

    public static PatchResult Create(JsonTree source, JsonTree target, Alignment alignment, PatchLimits limits)
    {
        var diff = new JsonDiff(source, target, alignment, limits);
        diff.CompareValues(JsonPointer.Root, JsonTree.Root, JsonTree.Root);
        return diff._patch.Length < limits.MaxPatchBytes
            ? diff._patch.Finish()
            : throw new PatchException($"the patch is larger than {limits.MaxPatchBytes} bytes (at \"{diff._patch.LastPath}\"); edit less of the object");
    }

    private void CompareValues(JsonPointer path, int source, int target)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_source.Text(source).SequenceEqual(_target.Text(target)))
        {
            return;
        }

        if ((_source.IsObject(source) && _target.IsObject(target)) || (_source.IsArray(source) && _target.IsArray(target)))
        {
            CompareContainers(path, source, target);
        }
        else if (!JsonEquality.DeepEquals(_source, source, _target, target))
        {
            _patch.Replace(path, _target.Text(target));
        }
    }

    private void CompareContainers(JsonPointer path, int source, int target)
    {
        var (count, length, outer) = (_patch.Count, _patch.Length, _most);
        var most = (int)Math.Min(int.MaxValue, (long)length + _target.Text(target).Length + _limits.MaxExcessBytes);
        _most = path == JsonPointer.Root ? outer : Math.Min(outer, most);
        if (_source.IsObject(source))
        {
            CompareObjects(path, source, target);
        }
        else
        {
            CompareLists(path, source, target);
        }

        _most = outer;
        if (path != JsonPointer.Root && _patch.Length > most)
        {
            _patch.TakeBack(count, length);
            _patch.Replace(path, _target.Text(target));
        }
    }

    private void CompareObjects(JsonPointer path, int source, int target)
    {
        foreach (var member in _source.Children(source))
        {
            if (IsTooLong)
            {
                return;
            }

            var name = _source.Name(member);
            if (_target.Find(target, name) == JsonTree.None && _source.Find(source, name) == member)
            {
                _patch.Remove(path.Append(name));
            }
        }

        foreach (var member in _target.Children(target))
        {
            if (IsTooLong)
            {
                return;
            }

            var name = _target.Name(member);
            if (_target.Find(target, name) != member)
            {
                continue;
            }

            var old = _source.Find(source, name);
            if (old == JsonTree.None)
            {
                _patch.Add(path.Append(name), _target.Text(member));
            }
            else
            {
                CompareValues(path.Append(name), old, member);
            }
        }
    }

    private void CompareLists(JsonPointer path, int source, int target)
    {
        var (old, @new) = (_source.ListChildren(source), _target.ListChildren(target));
        var pairs = Align(old, @new);
        var kept = pairs?.Count(pair => pair >= 0) ?? 0;

        // Each addition and removal costs the API server a copy of the list.
        if (pairs is null || old.Length + @new.Length - (2 * kept) > _limits.MaxListDifferences)
        {
            _patch.Replace(path, _target.Text(target));
            return;
        }

        // Removals from the end, so that the positions before them hold; then, in final order, additions and changes.
        var next = pairs.Length - 1;
        for (var position = old.Length - 1; position >= 0; position--)
        {
            while (next >= 0 && (pairs[next] < 0 || pairs[next] > position))
            {
                next--;
            }

            if (next < 0 || pairs[next] != position)
            {
                _patch.Remove(path.Append(position));
            }
        }

        for (var i = 0; i < @new.Length && !IsTooLong; i++)
        {
            if (pairs[i] < 0)
            {
                _patch.Add(path.Append(i), _target.Text(@new[i]));
            }
        }

        for (var i = 0; i < @new.Length && !IsTooLong; i++)
        {
            if (pairs[i] >= 0)
            {
                CompareValues(path.Append(i), old[pairs[i]], @new[i]);
            }
        }
    }

    /// <summary>Finds for each new element the old one that it stays on, in rising order, or -1 if it is added. Null if there are too many differences.</summary>
    private int[]? Align(int[] old, int[] @new)
    {
        var positions = new Dictionary<int, int>(old.Length);
        for (var i = 0; i < old.Length; i++)
        {
            positions[_source.Start(old[i])] = i;
        }

        // The position in this list that each new element came from; each old element counts once.
        var from = new int[@new.Length];
        var taken = new bool[old.Length];
        for (var i = 0; i < @new.Length; i++)
        {
            from[i] = _alignment.FindSource(_target.Start(@new[i])) is >= 0 and var start && positions.TryGetValue(start, out var position) && !taken[position]
                ? position
                : -1;
            if (from[i] >= 0)
            {
                taken[from[i]] = true;
            }
        }

        var pairs = RisingSubsequence.Keep(from);
        return FillGaps(old, @new, pairs) ? pairs : null;
    }

    /// <summary>Pairs, between the elements that stay, the rest of both sides: by content first, then one for one.</summary>
    private bool FillGaps(int[] old, int[] @new, int[] pairs)
    {
        var (start, oldStart) = (0, 0);
        while (start < @new.Length)
        {
            var end = start;
            while (end < @new.Length && pairs[end] < 0)
            {
                end++;
            }

            var oldEnd = end < @new.Length ? pairs[end] : old.Length;
            if (end > start && !FillGap(old.AsSpan(oldStart..oldEnd), oldStart, @new.AsSpan(start..end), pairs.AsSpan(start..end)))
            {
                return false;
            }

            (start, oldStart) = (end + 1, oldEnd + 1);
        }

        return true;
    }

    private bool FillGap(ReadOnlySpan<int> old, int oldStart, ReadOnlySpan<int> @new, Span<int> pairs)
    {
        var common = CommonSubsequence.Find(ReadTexts(_source, old), ReadTexts(_target, @new), ref _budget);
        if (common is null)
        {
            return false;
        }

        // Elements without an equal are changed in place, one for one; the rest is removed or added.
        var (i, j) = (0, 0);
        foreach (var (left, right) in common.Append((old.Length, @new.Length)))
        {
            for (; i < left && j < right; i++, j++)
            {
                pairs[j] = oldStart + i;
            }

            if (right < @new.Length)
            {
                pairs[right] = oldStart + left;
            }

            (i, j) = (left + 1, right + 1);
        }

        return true;
    }

    private static string[] ReadTexts(JsonTree tree, ReadOnlySpan<int> nodes)
    {
        var texts = new string[nodes.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = tree.GetRawText(nodes[i]);
        }

        return texts;
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Diff;

/// <summary>
/// The operations that turn one document into another: add, replace and remove only, parents first, each of them needed, no value rewritten that is
/// the same on both sides. Knows from the <see cref="Alignment"/> which list element was which; where it does not, content decides.
/// </summary>
/// <remarks>
/// Whoever makes the request chooses the object, so both the search and what is found are bounded: a list with too many differences, and an object or
/// list whose operations would be much longer than itself, is replaced whole.
/// </remarks>
internal sealed class JsonDiff
{
    private readonly JsonTree _source;
    private readonly JsonTree _target;
    private readonly Alignment _alignment;
    private readonly PatchLimits _limits;
    private readonly PatchWriter _patch = new();

    // How many more differences may be looked for in the lists of this document.
    private int _budget;

    // How long the patch may become before some value around the present one is replaced whole.
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

    public static PatchResult Create(JsonTree source, JsonTree target, Alignment alignment, PatchLimits limits)
    {
        var diff = new JsonDiff(source, target, alignment, limits);
        diff.Value(JsonPath.Root, JsonTree.Root, JsonTree.Root);
        return diff._patch.Length < limits.MaxPatchBytes
            ? diff._patch.Finish()
            : throw new PatchException($"the patch is larger than {limits.MaxPatchBytes} bytes (at \"{diff._patch.LastPath.ToPointer()}\"); edit less of the object");
    }

    private void Value(JsonPath path, int source, int target)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_source.Text(source).SequenceEqual(_target.Text(target)))
        {
            return;
        }

        if ((_source.IsObject(source) && _target.IsObject(target)) || (_source.IsArray(source) && _target.IsArray(target)))
        {
            Container(path, source, target);
        }
        else if (!JsonEquality.DeepEquals(_source, source, _target, target))
        {
            _patch.Replace(path, _target.Text(target));
        }
    }

    private void Container(JsonPath path, int source, int target)
    {
        var (count, length, outer) = (_patch.Count, _patch.Length, _most);
        var most = (int)Math.Min(int.MaxValue, (long)length + _target.Text(target).Length + _limits.MaxExcessBytes);
        _most = path == JsonPath.Root ? outer : Math.Min(outer, most);
        if (_source.IsObject(source))
        {
            Object(path, source, target);
        }
        else
        {
            Array(path, source, target);
        }

        _most = outer;
        if (path != JsonPath.Root && _patch.Length > most)
        {
            _patch.TakeBack(count, length);
            _patch.Replace(path, _target.Text(target));
        }
    }

    /// <summary>Whether some value around the present one will be replaced whole, or there will be no patch at all, so that it is no use to go on.</summary>
    private bool IsTooLong => _patch.Length > _most;

    private void Object(JsonPath path, int source, int target)
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
                _patch.Remove(path.Member(name));
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
                _patch.Add(path.Member(name), _target.Text(member));
            }
            else
            {
                Value(path.Member(name), old, member);
            }
        }
    }

    private void Array(JsonPath path, int source, int target)
    {
        List<int> old = [.. Elements(_source, source)], @new = [.. Elements(_target, target)];
        var pairs = Align(old, @new);
        if (pairs is null || Moves(old.Count, pairs) > _limits.MaxListDifferences)
        {
            _patch.Replace(path, _target.Text(target));
            return;
        }

        // Removals from the end, so that the positions before them hold; then, in final order, additions and changes.
        var kept = new HashSet<int>(pairs.Where(pair => pair >= 0));
        for (var position = old.Count - 1; position >= 0; position--)
        {
            if (!kept.Contains(position))
            {
                _patch.Remove(path.Element(position));
            }
        }

        for (var i = 0; i < @new.Count && !IsTooLong; i++)
        {
            if (pairs[i] < 0)
            {
                _patch.Add(path.Element(i), _target.Text(@new[i]));
            }
        }

        for (var i = 0; i < @new.Count && !IsTooLong; i++)
        {
            if (pairs[i] >= 0)
            {
                Value(path.Element(i), old[pairs[i]], @new[i]);
            }
        }
    }

    /// <summary>How many elements are added and removed: each of these operations costs the API server a copy of the list.</summary>
    private static int Moves(int oldCount, int[] pairs)
    {
        var kept = pairs.Count(pair => pair >= 0);
        return oldCount - kept + (pairs.Length - kept);
    }

    /// <summary>For each new element the old one it stays on, in rising order; -1 for one that is added. Null when there are too many differences to look for.</summary>
    private int[]? Align(List<int> old, List<int> @new)
    {
        var positions = new Dictionary<int, int>(old.Count);
        for (var i = 0; i < old.Count; i++)
        {
            positions[_source.Start(old[i])] = i;
        }

        // Where each new element came from, if it came from this list; each old element once.
        var from = new int[@new.Count];
        var taken = new bool[old.Count];
        for (var i = 0; i < @new.Count; i++)
        {
            from[i] = _alignment.SourceOf(_target.Start(@new[i])) is >= 0 and var start && positions.TryGetValue(start, out var position) && !taken[position]
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

    /// <summary>Pairs, between the elements that stay, what is left on both sides: by content first, then one for one.</summary>
    private bool FillGaps(List<int> old, List<int> @new, int[] pairs)
    {
        var (nextNew, nextOld) = (0, 0);
        while (nextNew < @new.Count)
        {
            var end = nextNew;
            while (end < @new.Count && pairs[end] < 0)
            {
                end++;
            }

            var oldEnd = end < @new.Count ? pairs[end] : old.Count;
            if (!FillGap(old, nextOld, oldEnd, @new, nextNew, end, pairs))
            {
                return false;
            }

            (nextNew, nextOld) = (end + 1, oldEnd + 1);
        }

        return true;
    }

    private bool FillGap(List<int> old, int oldStart, int oldEnd, List<int> @new, int newStart, int newEnd, int[] pairs)
    {
        var lefts = Texts(_source, old, oldStart, oldEnd);
        var rights = Texts(_target, @new, newStart, newEnd);
        var common = CommonSubsequence.Find(lefts, rights, ref _budget);
        if (common is null)
        {
            return false;
        }

        // What equals nothing on the other side is changed in place as far as it goes; the rest is removed or added.
        var (i, j) = (0, 0);
        foreach (var (left, right) in common.Append((lefts.Length, rights.Length)))
        {
            for (; i < left && j < right; i++, j++)
            {
                pairs[newStart + j] = oldStart + i;
            }

            if (right < rights.Length)
            {
                pairs[newStart + right] = oldStart + left;
            }

            (i, j) = (left + 1, right + 1);
        }

        return true;
    }

    private static string[] Texts(JsonTree tree, List<int> nodes, int start, int end)
    {
        var texts = new string[Math.Max(0, end - start)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(tree.Text(nodes[start + i]));
        }

        return texts;
    }

    private static IEnumerable<int> Elements(JsonTree tree, int array)
    {
        for (var node = array + 1; node < tree.End(array); node = tree.End(node))
        {
            yield return node;
        }
    }
}

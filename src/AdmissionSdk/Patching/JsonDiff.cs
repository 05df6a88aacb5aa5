using System.Text;

namespace AdmissionSdk.Patching;

/// <summary>
/// The operations that turn one document into another: add, replace and remove only, parents first, each of them needed, no value rewritten that is
/// the same on both sides. Knows from the <see cref="Alignment"/> which list element was which; where it does not, content decides.
/// </summary>
internal sealed class JsonDiff
{
    private readonly JsonTree _source;
    private readonly JsonTree _target;
    private readonly Alignment _alignment;
    private readonly PatchLimits _limits;
    private readonly PatchWriter _patch;

    private JsonDiff(JsonTree source, JsonTree target, Alignment alignment, PatchLimits limits)
    {
        _source = source;
        _target = target;
        _alignment = alignment;
        _limits = limits;
        _patch = new PatchWriter(limits.MaxPatchBytes);
    }

    public static PatchResult Create(JsonTree source, JsonTree target, Alignment alignment, PatchLimits limits)
    {
        var diff = new JsonDiff(source, target, alignment, limits);
        diff.Value(JsonPath.Root, JsonTree.Root, JsonTree.Root);
        return diff._patch.Finish();
    }

    private void Value(JsonPath path, int source, int target)
    {
        if (_source.Text(source).SequenceEqual(_target.Text(target)))
        {
            return;
        }

        if (_source.IsObject(source) && _target.IsObject(target))
        {
            Object(path, source, target);
        }
        else if (_source.IsArray(source) && _target.IsArray(target))
        {
            Array(path, source, target);
        }
        else if (!JsonEquality.DeepEquals(_source, source, _target, target))
        {
            _patch.Replace(path, _target.Text(target));
        }
    }

    private void Object(JsonPath path, int source, int target)
    {
        foreach (var member in _source.Children(source))
        {
            var name = _source.Name(member);
            if (_target.Find(target, name) == JsonTree.None && _source.Find(source, name) == member)
            {
                _patch.Remove(path.Member(name));
            }
        }

        foreach (var member in _target.Children(target))
        {
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
        if (pairs is null)
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

        for (var i = 0; i < @new.Count; i++)
        {
            if (pairs[i] < 0)
            {
                _patch.Add(path.Element(i), _target.Text(@new[i]));
            }
        }

        for (var i = 0; i < @new.Count; i++)
        {
            if (pairs[i] >= 0)
            {
                Value(path.Element(i), old[pairs[i]], @new[i]);
            }
        }
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
        var budget = _limits.MaxListDifferences;
        while (nextNew < @new.Count)
        {
            var end = nextNew;
            while (end < @new.Count && pairs[end] < 0)
            {
                end++;
            }

            var oldEnd = end < @new.Count ? pairs[end] : old.Count;
            if (!FillGap(old, nextOld, oldEnd, @new, nextNew, end, pairs, ref budget))
            {
                return false;
            }

            (nextNew, nextOld) = (end + 1, oldEnd + 1);
        }

        return true;
    }

    private bool FillGap(List<int> old, int oldStart, int oldEnd, List<int> @new, int newStart, int newEnd, int[] pairs, ref int budget)
    {
        var lefts = Texts(_source, old, oldStart, oldEnd);
        var rights = Texts(_target, @new, newStart, newEnd);
        var common = CommonSubsequence.Find(lefts, rights, ref budget);
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

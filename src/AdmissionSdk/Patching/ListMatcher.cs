using System.Text;
using System.Text.Json;

namespace AdmissionSdk.Patching;

/// <summary>
/// Finds, for each element of an edited list, the element it was before: the same object; else the same merge key, where it is unique on both sides;
/// else the same content; else, in a gap between matched neighbours with as many new as old elements, the same position.
/// </summary>
/// <remarks>Merge key first loses fields whenever an author edits the key itself, or keys repeat.</remarks>
internal sealed class ListMatcher
{
    private readonly JsonTree _before;
    private readonly IReadOnlyList<int> _old;
    private readonly JsonTree _after;
    private readonly IReadOnlyList<int> _new;
    private readonly int[] _matches;
    private readonly bool[] _taken;

    private ListMatcher(JsonTree before, IReadOnlyList<int> old, JsonTree after, IReadOnlyList<int> @new)
    {
        _before = before;
        _old = old;
        _after = after;
        _new = @new;
        _matches = new int[@new.Count];
        _taken = new bool[old.Count];
        Array.Fill(_matches, -1);
    }

    /// <summary>For each new element the position of the old one, or -1.</summary>
    /// <param name="before">The view before the edit.</param>
    /// <param name="old">The old elements.</param>
    /// <param name="after">The view after the edit.</param>
    /// <param name="new">The new elements.</param>
    /// <param name="known">For each new element, where its object was before, if it was anywhere.</param>
    /// <param name="mergeKey">The member that tells elements apart, if the list has one.</param>
    public static int[] Match(
        JsonTree before, IReadOnlyList<int> old, JsonTree after, IReadOnlyList<int> @new, IReadOnlyList<Origin> known, string? mergeKey)
    {
        var matcher = new ListMatcher(before, old, after, @new);
        var open = matcher.ByReference(known);
        if (mergeKey is not null)
        {
            matcher.ByMergeKey(mergeKey, open);
        }

        matcher.ByContent(open);
        matcher.ByPosition(mergeKey, open);
        return matcher._matches;
    }

    /// <summary>Returns which new elements are still open: a known object that came from elsewhere is not.</summary>
    private bool[] ByReference(IReadOnlyList<Origin> known)
    {
        var positions = new Dictionary<int, int>(_old.Count);
        for (var i = 0; i < _old.Count; i++)
        {
            positions[_old[i]] = i;
        }

        var open = new bool[_new.Count];
        for (var i = 0; i < _new.Count; i++)
        {
            open[i] = known[i].IsNew;
            if (!open[i] && positions.TryGetValue(known[i].Before, out var position) && !_taken[position])
            {
                Take(i, position);
            }
        }

        return open;
    }

    private void ByMergeKey(string mergeKey, bool[] open)
    {
        var oldByKey = UniqueKeys(_before, _old, mergeKey);
        foreach (var (key, i) in UniqueKeys(_after, _new, mergeKey))
        {
            if (open[i] && _matches[i] < 0 && oldByKey.TryGetValue(key, out var position) && !_taken[position])
            {
                Take(i, position);
            }
        }
    }

    private void ByContent(bool[] open)
    {
        var oldByText = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var position = 0; position < _old.Count; position++)
        {
            if (!_taken[position])
            {
                var text = Encoding.UTF8.GetString(_before.Text(_old[position]));
                if (!oldByText.TryGetValue(text, out var queue))
                {
                    oldByText[text] = queue = new Queue<int>();
                }

                queue.Enqueue(position);
            }
        }

        for (var i = 0; i < _new.Count && oldByText.Count > 0; i++)
        {
            if (open[i] && _matches[i] < 0
                && oldByText.TryGetValue(Encoding.UTF8.GetString(_after.Text(_new[i])), out var queue)
                && queue.TryDequeue(out var position))
            {
                Take(i, position);
            }
        }
    }

    private void ByPosition(string? mergeKey, bool[] open)
    {
        var start = 0;
        while (start < _new.Count)
        {
            if (_matches[start] >= 0 || !open[start])
            {
                start++;
                continue;
            }

            var end = start;
            while (end < _new.Count && _matches[end] < 0 && open[end])
            {
                end++;
            }

            var left = start == 0 ? -1 : _matches[start - 1];
            var right = end == _new.Count ? _old.Count : _matches[end];
            PairGap(start, end, left, right, mergeKey, hasLeft: start == 0 || left >= 0);
            start = end;
        }
    }

    private void PairGap(int start, int end, int left, int right, string? mergeKey, bool hasLeft)
    {
        if (!hasLeft || right <= left)
        {
            return;
        }

        List<int> free = [];
        for (var position = left + 1; position < right; position++)
        {
            if (!_taken[position])
            {
                free.Add(position);
            }
        }

        if (free.Count != end - start)
        {
            return;
        }

        for (var i = 0; i < free.Count; i++)
        {
            if (mergeKey is null || IsCopyOf(_new[start + i], _old[free[i]], mergeKey))
            {
                Take(start + i, free[i]);
            }
        }
    }

    /// <summary>
    /// Whether a new object with another key looks like a changed copy of the old one (a record's <c>with</c>) rather than something else put in its place,
    /// which must not inherit the fields of what it replaced.
    /// </summary>
    private bool IsCopyOf(int newElement, int oldElement, string mergeKey)
    {
        if (!_after.IsObject(newElement) || !_before.IsObject(oldElement))
        {
            return false;
        }

        var (equal, others) = (0, 0);
        foreach (var member in _after.Children(newElement))
        {
            var name = _after.Name(member);
            if (name == mergeKey)
            {
                continue;
            }

            others++;
            var oldMember = _before.Find(oldElement, name);
            if (oldMember != JsonTree.None && _before.Text(oldMember).SequenceEqual(_after.Text(member)))
            {
                equal++;
            }
        }

        return equal * 2 > Math.Max(others, _before.ChildCount(oldElement) - 1);
    }

    private void Take(int i, int position)
    {
        _matches[i] = position;
        _taken[position] = true;
    }

    private static Dictionary<string, int> UniqueKeys(JsonTree tree, IReadOnlyList<int> elements, string mergeKey)
    {
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            var key = tree.Find(elements[i], mergeKey);
            if (key == JsonTree.None || tree.Kind(key) is not (JsonTokenType.String or JsonTokenType.Number))
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(tree.Text(key));
            if (!keys.TryAdd(text, i))
            {
                repeated.Add(text);
            }
        }

        foreach (var key in repeated)
        {
            keys.Remove(key);
        }

        return keys;
    }
}

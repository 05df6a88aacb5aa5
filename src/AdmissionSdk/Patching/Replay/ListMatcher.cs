using System.Runtime.InteropServices;
using System.Text.Json;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// Finds, for each element of an edited list, the element it was before: the same object; else the same content; else the same key, if the rest of both
/// sides has it equally often; else, in a gap between matched neighbours with as many new as old elements, the same position; else the one element that
/// is most like it.
/// </summary>
/// <remarks>Merge key first loses fields whenever an author edits the key itself, or keys repeat.</remarks>
internal sealed class ListMatcher
{
    private readonly ElementList _old;
    private readonly ElementList _new;
    private readonly ElementKey? _key;
    private readonly int[] _matches;
    private readonly bool[] _taken;

    // New elements that may be matched by what they hold; a known object that came from elsewhere may not.
    private readonly bool[] _open;

    // For each old element a later one, with only taken ones in between. Only gaps need it.
    private int[]? _next;

    private ListMatcher(ElementList old, ElementList @new, ElementKey? key)
    {
        _old = old;
        _new = @new;
        _key = key;
        _matches = new int[@new.Count];
        _taken = new bool[old.Count];
        _open = new bool[@new.Count];
        Array.Fill(_matches, -1);
    }

    /// <summary>Finds for each new element the position of the old one, or -1.</summary>
    /// <param name="old">The elements before the edit.</param>
    /// <param name="new">The elements after the edit.</param>
    /// <param name="known">For each new element, the origin of its object.</param>
    /// <param name="key">The key that tells elements apart, if the list has one.</param>
    public static int[] Match(ElementList old, ElementList @new, IReadOnlyList<Origin> known, ElementKey? key)
    {
        var matcher = new ListMatcher(old, @new, key);
        matcher.MatchReferences(known);
        matcher.MatchContent();
        matcher.MatchKeys(key, mostPerKey: int.MaxValue, onlyUnmatched: true);
        if (key?.Companion is not null)
        {
            // A copy whose companion was changed: the protocol of a port.
            matcher.MatchKeys(new ElementKey(key.Name), mostPerKey: 1, onlyUnmatched: false);
        }

        matcher.MatchPositions();
        matcher.MatchCopies();
        return matcher._matches;
    }

    private void MatchReferences(IReadOnlyList<Origin> known)
    {
        var positions = new Dictionary<int, int>(_old.Count);
        for (var i = 0; i < _old.Count; i++)
        {
            positions[_old[i]] = i;
        }

        for (var i = 0; i < _new.Count; i++)
        {
            _open[i] = known[i].IsNew;
            if (!_open[i] && positions.TryGetValue(known[i].Before, out var position) && !_taken[position])
            {
                Take(i, position);
            }
        }
    }

    /// <summary>Matches the elements of a key in their order, if both sides have equally many, up to a number.</summary>
    private void MatchKeys(ElementKey? key, int mostPerKey, bool onlyUnmatched)
    {
        if (key is null)
        {
            return;
        }

        var oldByKey = GroupByKey(key, _old, position => onlyUnmatched && _taken[position]);
        foreach (var (text, elements) in GroupByKey(key, _new, i => onlyUnmatched && (_matches[i] >= 0 || !_open[i])))
        {
            var positions = oldByKey.GetValueOrDefault(text);
            if (elements.Count > mostPerKey || positions?.Count != elements.Count)
            {
                continue;
            }

            for (var i = 0; i < elements.Count; i++)
            {
                if (_open[elements[i]] && !_taken[positions[i]])
                {
                    Take(elements[i], positions[i]);
                }
            }
        }
    }

    private void MatchContent()
    {
        var oldByText = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var position = 0; position < _old.Count; position++)
        {
            if (!_taken[position])
            {
                ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(oldByText, _old.GetRawText(position), out _);
                (queue ??= []).Enqueue(position);
            }
        }

        for (var i = 0; i < _new.Count; i++)
        {
            if (_open[i] && oldByText.TryGetValue(_new.GetRawText(i), out var queue) && queue.TryDequeue(out var position))
            {
                Take(i, position);
            }
        }
    }

    private void MatchPositions()
    {
        var start = 0;
        while (start < _new.Count)
        {
            var end = start;
            while (end < _new.Count && _matches[end] < 0 && _open[end])
            {
                end++;
            }

            var left = start == 0 ? -1 : _matches[start - 1];
            if (end > start && (start == 0 || left >= 0))
            {
                PairGap(start, end, left, right: end == _new.Count ? _old.Count : _matches[end]);
            }

            start = end + 1;
        }
    }

    private void PairGap(int start, int end, int left, int right)
    {
        List<int> free = [];
        for (var position = FindFree(left + 1); position < right && free.Count <= end - start; position = FindFree(position + 1))
        {
            free.Add(position);
        }

        if (free.Count != end - start)
        {
            return;
        }

        for (var i = 0; i < free.Count; i++)
        {
            if (_key is null || ListLikeness.IsCopy(_old.Tree, _old[free[i]], _new.Tree, _new[start + i], _key.Name))
            {
                Take(start + i, free[i]);
            }
        }
    }

    private void MatchCopies()
    {
        if (!_matches.Contains(-1) || !_taken.Contains(false))
        {
            return;
        }

        bool[] isUnmatched = [.. _open.Select((isOpen, i) => isOpen && _matches[i] < 0)];
        foreach (var (i, position) in ListLikeness.FindCopies(_old, _taken, _new, isUnmatched, _key?.Name))
        {
            Take(i, position);
        }
    }

    /// <summary>Finds the first old element from a position on that is not taken.</summary>
    private int FindFree(int position)
    {
        _next ??= [.. Enumerable.Range(1, _old.Count)];
        var free = position;
        while (free < _old.Count && _taken[free])
        {
            free = _next[free];
        }

        // Remembered, since gaps may overlap: requesters choose the length and the order of lists.
        while (position < free)
        {
            (_next[position], position) = (free, _next[position]);
        }

        return free;
    }

    private void Take(int i, int position)
    {
        _matches[i] = position;
        _taken[position] = true;
    }

    private static Dictionary<string, List<int>> GroupByKey(ElementKey key, ElementList elements, Func<int, bool> except)
    {
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            if (!except(i) && ReadKey(key, elements.Tree, elements[i]) is { } text)
            {
                ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, text, out _);
                (group ??= []).Add(i);
            }
        }

        return groups;
    }

    private static string? ReadKey(ElementKey key, JsonTree tree, int element)
    {
        var name = tree.Find(element, key.Name);
        if (name == JsonTree.None || tree.Kind(name) is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return null;
        }

        var text = tree.GetRawText(name);
        return key.Companion is null ? text
            : tree.Find(element, key.Companion) is >= 0 and var companion ? $"{text} {tree.GetRawText(companion)}"
            : $"{text} \"{key.CompanionDefault}\"";
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>
/// Finds, for each element of an edited list, the element it was before: the same object; else the same content; else the same key, if what is left
/// has it as many times on both sides; else, in a gap between matched neighbours with as many new as old elements, the same position; else the one
/// element that it is most like.
/// </summary>
/// <remarks>Merge key first loses fields whenever an author edits the key itself, or keys repeat.</remarks>
internal sealed class ListMatcher
{
    private readonly JsonTree _before;
    private readonly IReadOnlyList<int> _old;
    private readonly JsonTree _after;
    private readonly IReadOnlyList<int> _new;
    private readonly ElementKey? _key;
    private readonly int[] _matches;
    private readonly bool[] _taken;

    // New elements that may be matched by what they hold; a known object that came from elsewhere may not.
    private readonly bool[] _open;

    // For each old element one behind it, with none between them that is not taken. Only gaps need it.
    private int[]? _next;

    private ListMatcher(JsonTree before, IReadOnlyList<int> old, JsonTree after, IReadOnlyList<int> @new, ElementKey? key)
    {
        _before = before;
        _old = old;
        _after = after;
        _new = @new;
        _key = key;
        _matches = new int[@new.Count];
        _taken = new bool[old.Count];
        _open = new bool[@new.Count];
        Array.Fill(_matches, -1);
    }

    /// <summary>For each new element the position of the old one, or -1.</summary>
    /// <param name="before">The view before the edit.</param>
    /// <param name="old">The old elements.</param>
    /// <param name="after">The view after the edit.</param>
    /// <param name="new">The new elements.</param>
    /// <param name="known">For each new element, where its object was before, if it was anywhere.</param>
    /// <param name="key">What tells elements apart, if the list has something.</param>
    public static int[] Match(
        JsonTree before, IReadOnlyList<int> old, JsonTree after, IReadOnlyList<int> @new, IReadOnlyList<Origin> known, ElementKey? key)
    {
        var matcher = new ListMatcher(before, old, after, @new, key);
        matcher.ByReference(known);
        matcher.ByContent();
        matcher.ByKey(key, mostPerKey: int.MaxValue, onlyUnmatched: true);
        if (key?.Companion is not null)
        {
            // A copy whose companion was changed: the protocol of a port.
            matcher.ByKey(new ElementKey(key.Name), mostPerKey: 1, onlyUnmatched: false);
        }

        matcher.ByPosition();
        ListLikeness.Match(before, old, matcher._taken, after, @new, matcher._open, matcher._matches, key?.Name);
        return matcher._matches;
    }

    private void ByReference(IReadOnlyList<Origin> known)
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

    /// <summary>Matches the elements of a key in their order, where both sides have equally many, up to a number.</summary>
    private void ByKey(ElementKey? key, int mostPerKey, bool onlyUnmatched)
    {
        if (key is null)
        {
            return;
        }

        var oldByKey = Keys(key, _before, _old, position => onlyUnmatched && _taken[position]);
        foreach (var (text, elements) in Keys(key, _after, _new, i => onlyUnmatched && (_matches[i] >= 0 || !_open[i])))
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

    private void ByContent()
    {
        var oldByText = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var position = 0; position < _old.Count; position++)
        {
            if (!_taken[position])
            {
                var text = Encoding.UTF8.GetString(_before.Text(_old[position]));
                ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(oldByText, text, out _);
                (queue ??= []).Enqueue(position);
            }
        }

        for (var i = 0; i < _new.Count; i++)
        {
            if (_open[i]
                && oldByText.TryGetValue(Encoding.UTF8.GetString(_after.Text(_new[i])), out var queue)
                && queue.TryDequeue(out var position))
            {
                Take(i, position);
            }
        }
    }

    private void ByPosition()
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
        for (var position = FreeFrom(left + 1); position < right && free.Count <= end - start; position = FreeFrom(position + 1))
        {
            free.Add(position);
        }

        if (free.Count != end - start)
        {
            return;
        }

        for (var i = 0; i < free.Count; i++)
        {
            if (_key is null || ListLikeness.IsCopy(_before, _old[free[i]], _after, _new[start + i], _key.Name))
            {
                Take(start + i, free[i]);
            }
        }
    }

    /// <summary>The first old element from a position on that is not taken.</summary>
    private int FreeFrom(int position)
    {
        _next ??= [.. Enumerable.Range(1, _old.Count)];
        var free = position;
        while (free < _old.Count && _taken[free])
        {
            free = _next[free];
        }

        // Remembered, since gaps may overlap: whoever makes the request chooses how long lists are, and in which order.
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

    private static Dictionary<string, List<int>> Keys(ElementKey key, JsonTree tree, IReadOnlyList<int> elements, Func<int, bool> except)
    {
        var keys = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < elements.Count; i++)
        {
            var text = except(i) ? null : KeyText(key, tree, elements[i]);
            if (text is not null)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(keys, text, out _);
                (list ??= []).Add(i);
            }
        }

        return keys;
    }

    private static string? KeyText(ElementKey key, JsonTree tree, int element)
    {
        var name = tree.Find(element, key.Name);
        if (name == JsonTree.None || tree.Kind(name) is not (JsonTokenType.String or JsonTokenType.Number))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(tree.Text(name));
        return key.Companion is null ? text
            : tree.Find(element, key.Companion) is >= 0 and var companion ? $"{text} {Encoding.UTF8.GetString(tree.Text(companion))}"
            : $"{text} \"{key.CompanionDefault}\"";
    }
}

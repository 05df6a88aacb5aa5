using System.Text.Json.Nodes;

namespace AdmissionSdk.Patching.Direct;

/// <content>Lists.</content>
internal sealed partial class DirectEdit
{
    private void CompareLists(int at, object list, ModelPlan element)
    {
        var now = new ListItems(list);
        if (HasSameElements(at, now, element))
        {
            var next = at + 1;
            for (var i = 0; i < now.Count && !_isGivenUp; i++)
            {
                if (now[i] is { } item && element.Kind != PlanKind.Plain)
                {
                    _cursor.Enter(i, now.Count);
                    var isSame = CompareInPlace(next, item, element);
                    _cursor.Leave();
                    if (!isSame)
                    {
                        ChangePlain(ListElements(at), i, item, element);
                    }
                }

                next = _snapshot[next].End;
            }
        }
        else if (element.Kind == PlanKind.Plain)
        {
            ComparePlainLists(ListElements(at), now, element);
        }
        else
        {
            CompareObjectLists(ListElements(at), now, element);
        }
    }

    /// <summary>Tells if a list holds the same objects, in the same order; JSON values may be others.</summary>
    private bool HasSameElements(int at, ListItems now, ModelPlan element)
    {
        var (next, end) = (at + 1, _snapshot[at].End);
        for (var i = 0; i < now.Count; i++)
        {
            if (next >= end)
            {
                return false;
            }

            var (was, item) = (_snapshot[next].Value, now[i]);
            if (!ReferenceEquals(was, item) && (was is not JsonValue || item is not JsonValue)
                && !(element.Kind == PlanKind.Plain && was is not null && item is not null && PlainValues.AreSame(was, item)))
            {
                return false;
            }

            next = _snapshot[next].End;
        }

        return next == end;
    }

    private void CompareElement(int[] was, int index, object now, ModelPlan element)
    {
        _cursor.Enter(index, was.Length);
        var isSame = CompareInPlace(was[index], now, element);
        _cursor.Leave();
        if (!isSame && !_isGivenUp)
        {
            ChangePlain(was, index, now, element);
        }
    }

    /// <summary>Takes over additions or removals of objects; the others must have stayed in their order.</summary>
    private void CompareObjectLists(int[] was, ListItems now, ModelPlan element)
    {
        List<(int Index, byte[] Text)> added = [];
        List<int> removed = [];
        var next = 0;
        for (var i = 0; i < now.Count && !_isGivenUp; i++)
        {
            if (now[i] is not { } item)
            {
                GiveUp();
            }
            else if (FindSame(was, next, item) is >= 0 and var found)
            {
                removed.AddRange(Enumerable.Range(next, found - next));
                next = found + 1;
                CompareElement(was, found, item, element);
            }
            else if (!IsKnown(item) && Write(item, element) is { } text)
            {
                added.Add((i, text));
            }
            else
            {
                GiveUp();
            }
        }

        removed.AddRange(Enumerable.Range(next, was.Length - next));
        if (_isGivenUp || (added.Count > 0 && removed.Count > 0) || HasNull(was))
        {
            // A new object may stand for one that is gone.
            GiveUp();
            return;
        }

        Rearrange(was.Length, added, removed);
    }

    private void Rearrange(int count, List<(int Index, byte[] Text)> added, List<int> removed)
    {
        if (_cursor.Find() is not { IsArray: true } target || target.Count != count)
        {
            GiveUp();
            return;
        }

        for (var i = removed.Count - 1; i >= 0; i--)
        {
            _edits.Add(new PendingEdit(PendingVerb.RemoveAt, target, Name: null, removed[i], default));
        }

        foreach (var (index, text) in added)
        {
            _edits.Add(new PendingEdit(PendingVerb.Insert, target, Name: null, index, text));
        }
    }

    private void ComparePlainLists(int[] was, ListItems now, ModelPlan element)
    {
        var same = 0;
        while (same < was.Length && same < now.Count && IsSamePlain(was[same], now[same], element))
        {
            same++;
        }

        if (same == was.Length)
        {
            Append(was.Length, now, element);
        }
        else if (was.Length == now.Count && AreDistinct(was))
        {
            for (var i = same; i < was.Length && !_isGivenUp; i++)
            {
                if (!IsSamePlain(was[i], now[i], element))
                {
                    ChangePlain(was, i, now[i], element);
                }
            }
        }
        else
        {
            GiveUp();
        }
    }

    private void Append(int count, ListItems now, ModelPlan element)
    {
        List<(int, byte[])> added = [];
        for (var i = count; i < now.Count; i++)
        {
            if (Write(now[i], element) is not { } text)
            {
                GiveUp();
                return;
            }

            added.Add((i, text));
        }

        if (added.Count > 0)
        {
            Rearrange(count, added, []);
        }
    }

    /// <summary>Changes an element that is not an object to a value that no element of the list had.</summary>
    private void ChangePlain(int[] was, int index, object? now, ModelPlan element)
    {
        var isPlain = element.Kind == PlanKind.Plain || (now is JsonValue && _snapshot[was[index]].Value is JsonValue);
        if (!isPlain || now is null || _snapshot[was[index]].Value is null || !AreDistinct(was) || Array.Exists(was, old => IsSamePlain(old, now, element))
            || _cursor.Find() is not { IsArray: true } target || target.Count != was.Length || Write(now, element) is not { } text)
        {
            GiveUp();
            return;
        }

        _edits.Add(new PendingEdit(PendingVerb.Change, target, Name: null, index, text));
    }

    private bool IsSamePlain(int at, object? now, ModelPlan element) =>
        _snapshot[at].Value is var was && (ReferenceEquals(was, now) || (was is not null && now is not null && (PlainValues.AreSame(was, now) || LooksSame(was, now, element))));

    // Elements that look alike could stand for one another.
    private bool AreDistinct(int[] elements)
    {
        if (elements.Length > LargestPlainList)
        {
            return false;
        }

        for (var i = 0; i < elements.Length; i++)
        {
            var value = _snapshot[elements[i]].Value;
            for (var j = i + 1; j < elements.Length; j++)
            {
                if (_snapshot[elements[j]].Value is var other && (value is null || other is null || value.ToString() == other.ToString()))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private int[] ListElements(int at)
    {
        var count = 0;
        for (var next = at + 1; next < _snapshot[at].End; next = _snapshot[next].End)
        {
            count++;
        }

        var elements = new int[count];
        var index = 0;
        for (var next = at + 1; next < _snapshot[at].End; next = _snapshot[next].End)
        {
            elements[index++] = next;
        }

        return elements;
    }

    private int FindSame(int[] was, int from, object item)
    {
        if (from < was.Length && ReferenceEquals(_snapshot[was[from]].Value, item))
        {
            return from;
        }

        return IsKnown(item) ? Array.FindIndex(was, from, at => ReferenceEquals(_snapshot[at].Value, item)) : -1;
    }

    private bool HasNull(int[] elements) => Array.Exists(elements, at => _snapshot[at].Value is null);
}

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
    private readonly DiffState _state;

    private JsonDiff(JsonTree source, JsonTree target, Alignment alignment, DiffState state)
    {
        _source = source;
        _target = target;
        _alignment = alignment;
        _state = state;
    }

    private PatchWriter Patch => _state.Patch;

    public static PatchResult Create(JsonTree source, JsonTree target, Alignment alignment, PatchLimits limits)
    {
        var state = new DiffState(limits);
        new JsonDiff(source, target, alignment, state).CompareValues(JsonPointer.Root, JsonTree.Root, JsonTree.Root);
        return state.Patch.Length < limits.MaxPatchBytes
            ? state.Patch.Finish()
            : throw new PatchException($"the patch is larger than {limits.MaxPatchBytes} bytes (at \"{state.Patch.LastPath}\"); edit less of the object");
    }

    /// <summary>Adds the operations that turn one value, at a place in a document, into another.</summary>
    public static void AddDifference(DiffState state, JsonPointer path, ReadOnlyMemory<byte> source, ReadOnlyMemory<byte> target)
    {
        if (!source.Span.SequenceEqual(target.Span))
        {
            var (old, @new) = (JsonTree.Parse(source, state.Limits.MaxDepth), JsonTree.Parse(target, state.Limits.MaxDepth));
            new JsonDiff(old, @new, new Alignment(), state).CompareValues(path, JsonTree.Root, JsonTree.Root);
        }
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
            Patch.Replace(path, _target.Text(target));
        }
    }

    private void CompareContainers(JsonPointer path, int source, int target)
    {
        var (count, length, outer) = (Patch.Count, Patch.Length, _state.Most);
        var most = (int)Math.Min(int.MaxValue, (long)length + _target.Text(target).Length + _state.Limits.MaxExcessBytes);
        _state.Most = path == JsonPointer.Root ? outer : Math.Min(outer, most);
        if (_source.IsObject(source))
        {
            CompareObjects(path, source, target);
        }
        else
        {
            CompareLists(path, source, target);
        }

        _state.Most = outer;
        if (path != JsonPointer.Root && Patch.Length > most)
        {
            Patch.TakeBack(count, length);
            Patch.Replace(path, _target.Text(target));
        }
    }

    private void CompareObjects(JsonPointer path, int source, int target)
    {
        foreach (var member in _source.Children(source))
        {
            if (_state.IsTooLong)
            {
                return;
            }

            var name = _source.Name(member);
            if (_target.Find(target, name) == JsonTree.None && _source.Find(source, name) == member)
            {
                Patch.Remove(path.Append(name));
            }
        }

        foreach (var member in _target.Children(target))
        {
            if (_state.IsTooLong)
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
                Patch.Add(path.Append(name), _target.Text(member));
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
        var pairs = ListPairing.Find(
            FindOrigins(old, @new), old.Length, position => _source.GetRawText(old[position]), i => _target.GetRawText(@new[i]), ref _state.ListBudget);
        var kept = pairs?.Count(pair => pair >= 0) ?? 0;

        // Each addition and removal costs the API server a copy of the list.
        if (pairs is null || old.Length + @new.Length - (2 * kept) > _state.Limits.MaxListDifferences)
        {
            Patch.Replace(path, _target.Text(target));
            return;
        }

        _state.Rearrange(path, old.Length, pairs, (place, i) => Patch.Add(place, _target.Text(@new[i])));
        for (var i = 0; i < @new.Length && !_state.IsTooLong; i++)
        {
            if (pairs[i] >= 0)
            {
                CompareValues(path.Append(i), old[pairs[i]], @new[i]);
            }
        }
    }

    /// <summary>Finds the position in the old list that each new element came from, or -1; each old element counts once.</summary>
    private int[] FindOrigins(int[] old, int[] @new)
    {
        var positions = new Dictionary<int, int>(old.Length);
        for (var i = 0; i < old.Length; i++)
        {
            positions[_source.Start(old[i])] = i;
        }

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

        return from;
    }
}

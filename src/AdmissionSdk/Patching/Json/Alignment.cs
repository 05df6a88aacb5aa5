namespace AdmissionSdk.Patching.Json;

/// <summary>
/// Says, for a value in a composed document, which value of the source document it came from: by where both start.
/// Text copied from the source maps as a whole; a list element that was put together anew maps by its start alone.
/// </summary>
internal sealed class Alignment
{
    private Alignment? _earlier;
    private readonly List<(int Target, int Source, int Length)> _copies = [];
    private readonly Dictionary<int, int> _starts = [];

    public void AddCopy(int target, int source, int length) => _copies.Add((target, source, length));

    public void AddStart(int target, int source) => _starts[target] = source;

    /// <summary>Makes the source of this the target of an earlier step, so that a chain of steps reaches back to the first document.</summary>
    public Alignment Over(Alignment? earlier)
    {
        _earlier = earlier;
        return this;
    }

    /// <summary>Where the value that starts at <paramref name="target"/> started in the first document; -1 when it is new.</summary>
    public int SourceOf(int target)
    {
        var source = OwnSourceOf(target);
        return source >= 0 && _earlier is not null ? _earlier.SourceOf(source) : source;
    }

    private int OwnSourceOf(int target)
    {
        if (_starts.TryGetValue(target, out var start))
        {
            return start;
        }

        // Copies are made in order of their targets and do not overlap.
        var (low, high) = (0, _copies.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var copy = _copies[middle];
            if (target < copy.Target)
            {
                high = middle - 1;
            }
            else if (target >= copy.Target + copy.Length)
            {
                low = middle + 1;
            }
            else
            {
                return copy.Source + (target - copy.Target);
            }
        }

        return -1;
    }
}

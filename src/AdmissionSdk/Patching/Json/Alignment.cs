namespace AdmissionSdk.Patching.Json;

/// <summary>
/// Finds, for a value of a composed document, the value of the source document that it came from; both are named by where they start.
/// Text copied from the source maps as a whole; a value that was put together anew maps by its start alone.
/// </summary>
internal sealed class Alignment
{
    private readonly List<(int Target, int Source, int Length)> _copies = [];
    private readonly Dictionary<int, int> _starts = [];
    private Alignment? _earlier;

    public void AddCopy(int target, int source, int length) => _copies.Add((target, source, length));

    public void AddStart(int target, int source) => _starts[target] = source;

    /// <summary>Makes this source the target of an earlier step, so that a chain of steps reaches back to the first document.</summary>
    public Alignment ChainTo(Alignment? earlier)
    {
        _earlier = earlier;
        return this;
    }

    /// <summary>The start, in the first document, of the value that starts at <paramref name="target"/>; -1 for a new value.</summary>
    public int FindSource(int target)
    {
        var source = FindOwnSource(target);
        return source >= 0 && _earlier is not null ? _earlier.FindSource(source) : source;
    }

    private int FindOwnSource(int target)
    {
        if (_starts.TryGetValue(target, out var start))
        {
            return start;
        }

        // Copies are made in the order of their targets and do not overlap.
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

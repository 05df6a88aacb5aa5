using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Diff;

/// <summary>The patch while it is being found, and what the search may still cost.</summary>
internal sealed class DiffState(PatchLimits limits)
{
    private int _listBudget = limits.MaxListDifferences;

    public PatchLimits Limits { get; } = limits;

    public PatchWriter Patch { get; } = new();

    /// <summary>The differences that may still be looked for in the lists of this document.</summary>
    public ref int ListBudget => ref _listBudget;

    /// <summary>The length of the patch beyond which a value around the present one is replaced whole, or the patch is refused.</summary>
    public int Most { get; set; } = limits.MaxPatchBytes;

    public bool IsTooLong => Patch.Length > Most;

    /// <summary>Writes the removals and additions of a list: removals from the end, so that the positions before them hold; then, in final order, additions.</summary>
    /// <param name="path">The list.</param>
    /// <param name="oldCount">The number of elements before.</param>
    /// <param name="pairs">For each element, the position that it had before, in rising order; -1 for a new element.</param>
    /// <param name="add">Writes the addition of a new element.</param>
    public void Rearrange(JsonPointer path, int oldCount, int[] pairs, Action<JsonPointer, int> add)
    {
        var next = pairs.Length - 1;
        for (var position = oldCount - 1; position >= 0; position--)
        {
            while (next >= 0 && (pairs[next] < 0 || pairs[next] > position))
            {
                next--;
            }

            if (next < 0 || pairs[next] != position)
            {
                Patch.Remove(path.Append(position));
            }
        }

        for (var i = 0; i < pairs.Length && !IsTooLong; i++)
        {
            if (pairs[i] < 0)
            {
                add(path.Append(i), i);
            }
        }
    }
}

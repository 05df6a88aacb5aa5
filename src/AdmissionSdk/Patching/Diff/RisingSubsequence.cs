namespace AdmissionSdk.Patching.Diff;

/// <summary>Finds the longest run of elements that kept their order. The run stays; a patch removes and adds the other elements.</summary>
internal static class RisingSubsequence
{
    /// <summary>Returns the input with -1 for each element outside the longest rising subsequence. O(n log n).</summary>
    public static int[] Keep(int[] positions)
    {
        // The k-th tail is the element, and its position, on which the best rising run of length k + 1 ends; previous leads back.
        var (tails, tailPositions) = (new List<int>(), new List<int>());
        var previous = new int[positions.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i] < 0)
            {
                continue;
            }

            var length = tailPositions.BinarySearch(positions[i]);
            length = length < 0 ? ~length : length;
            previous[i] = length == 0 ? -1 : tails[length - 1];
            if (length == tails.Count)
            {
                tails.Add(i);
                tailPositions.Add(positions[i]);
            }
            else
            {
                (tails[length], tailPositions[length]) = (i, positions[i]);
            }
        }

        var kept = new int[positions.Length];
        Array.Fill(kept, -1);
        for (var i = tails.Count == 0 ? -1 : tails[^1]; i >= 0; i = previous[i])
        {
            kept[i] = positions[i];
        }

        return kept;
    }
}

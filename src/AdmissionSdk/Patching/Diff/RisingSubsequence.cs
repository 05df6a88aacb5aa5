namespace AdmissionSdk.Patching.Diff;

/// <summary>Finds the longest run of elements that kept their order. The run stays; a patch removes and adds the other elements.</summary>
internal static class RisingSubsequence
{
    /// <summary>Returns the input with -1 for each element outside the longest rising subsequence. O(n log n).</summary>
    public static int[] Keep(int[] positions)
    {
        // tails[k] is the element on which the best rising run of length k + 1 ends; previous leads back.
        var tails = new List<int>();
        var previous = new int[positions.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i] < 0)
            {
                continue;
            }

            var (low, high) = (0, tails.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (positions[tails[middle]] < positions[i])
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            previous[i] = low == 0 ? -1 : tails[low - 1];
            if (low == tails.Count)
            {
                tails.Add(i);
            }
            else
            {
                tails[low] = i;
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

namespace AdmissionSdk.Patching.Diff;

/// <summary>Finds which elements of a list stay, by where the elements came from first, and by content for the rest.</summary>
internal static class ListPairing
{
    /// <summary>Finds for each new element the old one that it stays on, in rising order, or -1 if it is added.</summary>
    /// <param name="from">For each new element, the position of the old one that it came from, each at most once; -1 if unknown.</param>
    /// <param name="oldCount">The number of old elements.</param>
    /// <param name="oldText">The text of an old element.</param>
    /// <param name="newText">The text of a new element.</param>
    /// <param name="budget">The differences that may still be looked for.</param>
    /// <returns>The pairs; null if there are too many differences.</returns>
    public static int[]? Find(int[] from, int oldCount, Func<int, string> oldText, Func<int, string> newText, ref int budget)
    {
        var pairs = RisingSubsequence.Keep(from);

        // Between the elements that stay, the rest of both sides: by content first, then one for one.
        var (start, oldStart) = (0, 0);
        while (start < pairs.Length)
        {
            var end = start;
            while (end < pairs.Length && pairs[end] < 0)
            {
                end++;
            }

            var oldEnd = end < pairs.Length ? pairs[end] : oldCount;
            if (end > start)
            {
                var (old, @new) = (ReadTexts(oldText, oldStart, oldEnd), ReadTexts(newText, start, end));
                if (!FillGap(old, oldStart, @new, pairs.AsSpan(start..end), ref budget))
                {
                    return null;
                }
            }

            (start, oldStart) = (end + 1, oldEnd + 1);
        }

        return pairs;
    }

    private static bool FillGap(string[] old, int oldStart, string[] @new, Span<int> pairs, ref int budget)
    {
        var common = CommonSubsequence.Find(old, @new, ref budget);
        if (common is null)
        {
            return false;
        }

        // Elements without an equal are changed in place, one for one; the rest is removed or added.
        var (i, j) = (0, 0);
        foreach (var (left, right) in common.Append((old.Length, @new.Length)))
        {
            for (; i < left && j < right; i++, j++)
            {
                pairs[j] = oldStart + i;
            }

            if (right < @new.Length)
            {
                pairs[right] = oldStart + left;
            }

            (i, j) = (left + 1, right + 1);
        }

        return true;
    }

    private static string[] ReadTexts(Func<int, string> text, int start, int end)
    {
        var texts = new string[end - start];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = text(start + i);
        }

        return texts;
    }
}

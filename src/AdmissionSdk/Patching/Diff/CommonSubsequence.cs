namespace AdmissionSdk.Patching.Diff;

/// <summary>Finds equal elements of two lists in the same order, as many as possible: Myers' O(n·d) walk, given up at too many differences.</summary>
internal static class CommonSubsequence
{
    /// <summary>Finds pairs of positions in rising order; null if there are more differences than the budget, which a search uses up, in vain too.</summary>
    public static IReadOnlyList<(int Left, int Right)>? Find(string[] left, string[] right, ref int budget)
    {
        List<(int, int)> pairs = [];
        var start = 0;
        while (start < left.Length && start < right.Length && left[start] == right[start])
        {
            pairs.Add((start, start++));
        }

        var (leftEnd, rightEnd) = (left.Length, right.Length);
        while (leftEnd > start && rightEnd > start && left[leftEnd - 1] == right[rightEnd - 1])
        {
            (leftEnd, rightEnd) = (leftEnd - 1, rightEnd - 1);
        }

        // The middle's texts are compared up to a thousand times each; numbers in their place make the length of a text count once.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!AddMiddle(Number(left.AsSpan(start..leftEnd), numbers), Number(right.AsSpan(start..rightEnd), numbers), start, pairs, ref budget))
        {
            return null;
        }

        for (var i = 0; i < left.Length - leftEnd; i++)
        {
            pairs.Add((leftEnd + i, rightEnd + i));
        }

        return pairs;
    }

    private static bool AddMiddle(ReadOnlySpan<int> left, ReadOnlySpan<int> right, int offset, List<(int, int)> pairs, ref int budget)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return true;
        }

        // trace[d] holds, for each diagonal that d differences can reach and the two beside them, how far less than d reach.
        var most = Math.Min(left.Length + right.Length, budget);
        List<int[]> trace = [];
        var reach = new int[(2 * most) + 3];
        for (var d = 0; d <= most; d++)
        {
            trace.Add(reach[(most - d)..(most + d + 3)]);
            for (var k = -d; k <= d; k += 2)
            {
                var at = k + most + 1;
                var x = k == -d || (k != d && reach[at - 1] < reach[at + 1]) ? reach[at + 1] : reach[at - 1] + 1;
                while (x < left.Length && x - k < right.Length && left[x] == right[x - k])
                {
                    x++;
                }

                reach[at] = x;
                if (x >= left.Length && x - k >= right.Length)
                {
                    budget -= d;
                    WalkBack(trace, left.Length, right.Length, offset, pairs);
                    return true;
                }
            }
        }

        budget = 0;
        return false;
    }

    private static int[] Number(ReadOnlySpan<string> texts, Dictionary<string, int> numbers)
    {
        var numbered = new int[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!numbers.TryGetValue(texts[i], out numbered[i]))
            {
                numbers.Add(texts[i], numbered[i] = numbers.Count);
            }
        }

        return numbered;
    }

    private static void WalkBack(List<int[]> trace, int x, int y, int offset, List<(int, int)> pairs)
    {
        var first = pairs.Count;
        // Without a difference there is nothing to walk: equal beginnings are not part of the middle.
        for (var d = trace.Count - 1; d > 0; d--)
        {
            var reach = trace[d];
            var k = x - y;
            var at = k + d + 1;
            var fromK = k == -d || (k != d && reach[at - 1] < reach[at + 1]) ? k + 1 : k - 1;
            var fromX = reach[fromK + d + 1];
            var fromY = fromX - fromK;
            while (x > fromX && y > fromY)
            {
                x--;
                y--;
                pairs.Add((x + offset, y + offset));
            }

            (x, y) = (fromX, fromY);
        }

        pairs.Reverse(first, pairs.Count - first);
    }
}

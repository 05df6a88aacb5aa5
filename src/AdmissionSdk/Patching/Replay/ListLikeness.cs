using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Whether a new object looks like a changed copy of an old one (a record's <c>with</c>), and must keep the fields the view does not show.</summary>
internal static class ListLikeness
{
    // Every new element is compared with every old one that is left, so there is an end to it.
    private const int MostComparisons = 4096;

    /// <summary>
    /// Whether most members are equal, the merge key aside. Something else that was put in the place of an element must not inherit the fields of what
    /// it replaced.
    /// </summary>
    public static bool IsCopy(JsonTree before, int old, JsonTree after, int @new, string? mergeKey) => Score(before, old, after, @new, mergeKey) > 0;

    /// <summary>
    /// Matches what is left of a list: an element with the one it has most in common with, the merge key aside, if that is mutual, undisputed and more
    /// than half. Finds the copies when a list is rebuilt with elements added or left out.
    /// </summary>
    public static void Match(
        JsonTree before, IReadOnlyList<int> old, IReadOnlyList<bool> taken, JsonTree after, IReadOnlyList<int> @new, bool[] open, int[] matches, string? mergeKey)
    {
        int[] free = [.. Enumerable.Range(0, old.Count).Where(position => !taken[position])];
        int[] unmatched = [.. Enumerable.Range(0, @new.Count).Where(i => open[i] && matches[i] < 0)];
        if ((long)free.Length * unmatched.Length is 0 or > MostComparisons)
        {
            return;
        }

        var scores = new int[unmatched.Length, free.Length];
        for (var i = 0; i < unmatched.Length; i++)
        {
            for (var j = 0; j < free.Length; j++)
            {
                scores[i, j] = Score(before, old[free[j]], after, @new[unmatched[i]], mergeKey);
            }
        }

        for (var i = 0; i < unmatched.Length; i++)
        {
            for (var j = 0; j < free.Length; j++)
            {
                if (scores[i, j] > 0 && IsBest(scores, i, j))
                {
                    matches[unmatched[i]] = free[j];
                }
            }
        }
    }

    private static bool IsBest(int[,] scores, int i, int j)
    {
        for (var other = 0; other < scores.GetLength(1); other++)
        {
            if (other != j && scores[i, other] >= scores[i, j])
            {
                return false;
            }
        }

        for (var other = 0; other < scores.GetLength(0); other++)
        {
            if (other != i && scores[other, j] >= scores[i, j])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many members are equal, if they are more than half; else 0.</summary>
    private static int Score(JsonTree before, int old, JsonTree after, int @new, string? mergeKey)
    {
        if (!after.IsObject(@new))
        {
            return 0;
        }

        var (equal, news) = (0, 0);
        foreach (var member in after.Children(@new))
        {
            var name = after.Name(member);
            if (name == mergeKey)
            {
                continue;
            }

            news++;
            var oldMember = before.Find(old, name);
            if (oldMember != JsonTree.None && before.Text(oldMember).SequenceEqual(after.Text(member)))
            {
                equal++;
            }
        }

        var olds = before.ChildCount(old) - (mergeKey is not null && before.Find(old, mergeKey) != JsonTree.None ? 1 : 0);
        return equal * 2 > Math.Max(news, olds) ? equal : 0;
    }
}

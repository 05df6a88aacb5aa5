using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Tells if a new object looks like a changed copy of an old one (a record's <c>with</c>) and must keep the fields that the view does not show.</summary>
internal static class ListLikeness
{
    // Every new element is compared with every free old one, which needs a bound.
    private const int MostComparisons = 4096;

    /// <summary>Tells if most members are equal, the merge key aside. Something else in an element's place must not inherit the element's fields.</summary>
    public static bool IsCopy(JsonTree before, int old, JsonTree after, int @new, string? mergeKey) => Score(before, old, after, @new, mergeKey) > 0;

    /// <summary>
    /// Pairs each unmatched new element with the free old one that it has most members in common with, the merge key aside, if that is mutual, undisputed
    /// and more than half: the copies in a list that was rebuilt with elements added or left out.
    /// </summary>
    public static IEnumerable<(int New, int Old)> FindCopies(ElementList old, bool[] taken, ElementList @new, bool[] isUnmatched, string? mergeKey)
    {
        int[] free = [.. Enumerable.Range(0, old.Count).Where(position => !taken[position])];
        int[] unmatched = [.. Enumerable.Range(0, @new.Count).Where(i => isUnmatched[i])];
        if ((long)free.Length * unmatched.Length is 0 or > MostComparisons)
        {
            yield break;
        }

        var scores = new int[unmatched.Length, free.Length];
        for (var i = 0; i < unmatched.Length; i++)
        {
            for (var j = 0; j < free.Length; j++)
            {
                scores[i, j] = Score(old.Tree, old[free[j]], @new.Tree, @new[unmatched[i]], mergeKey);
            }
        }

        for (var i = 0; i < unmatched.Length; i++)
        {
            for (var j = 0; j < free.Length; j++)
            {
                if (scores[i, j] > 0 && IsBest(scores, i, j))
                {
                    yield return (unmatched[i], free[j]);
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

    /// <summary>Counts the equal members; 0 unless more than half are equal.</summary>
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

using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Tells if a new object looks like a changed copy of an old one (a record's <c>with</c>) and must keep the fields that the view does not show.</summary>
internal static class ListLikeness
{
    // Every new element is compared with every free old one, which needs a bound.
    private const int MostComparisons = 4096;

    /// <summary>Tells if most members are equal, the merge key aside. Something else in an element's place must not inherit the element's fields.</summary>
    public static bool IsCopy(JsonTree before, int old, JsonTree after, int @new, string? mergeKey) =>
        Score(before, old, CountMembers(before, old, mergeKey), after, @new, CountMembers(after, @new, mergeKey), mergeKey) > 0;

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

        int[] olds = Array.ConvertAll(free, position => CountMembers(old.Tree, old[position], mergeKey));
        var scores = new int[unmatched.Length, free.Length];
        var (ofNew, ofOld) = (new Best[unmatched.Length], new Best[free.Length]);
        for (var i = 0; i < unmatched.Length; i++)
        {
            var node = @new[unmatched[i]];
            var news = CountMembers(@new.Tree, node, mergeKey);
            for (var j = 0; j < free.Length; j++)
            {
                scores[i, j] = Score(old.Tree, old[free[j]], olds[j], @new.Tree, node, news, mergeKey);
                ofNew[i].Add(scores[i, j]);
                ofOld[j].Add(scores[i, j]);
            }
        }

        for (var i = 0; i < unmatched.Length; i++)
        {
            for (var j = 0; j < free.Length; j++)
            {
                if (scores[i, j] > 0 && ofNew[i].Is(scores[i, j]) && ofOld[j].Is(scores[i, j]))
                {
                    yield return (unmatched[i], free[j]);
                }
            }
        }
    }

    private static int CountMembers(JsonTree tree, int element, string? mergeKey) =>
        tree.IsObject(element) ? tree.ChildCount(element) - (mergeKey is not null && tree.Find(element, mergeKey) != JsonTree.None ? 1 : 0) : 0;

    /// <summary>Counts the equal members; 0 unless more than half are equal.</summary>
    private static int Score(JsonTree before, int old, int olds, JsonTree after, int @new, int news, string? mergeKey)
    {
        // So many members that more than half cannot be equal: a wide element is not walked once for each small one.
        if (Math.Min(olds, news) * 2 <= Math.Max(olds, news))
        {
            return 0;
        }

        var equal = 0;
        foreach (var member in after.Children(@new))
        {
            var name = after.Name(member);
            if (name == mergeKey)
            {
                continue;
            }

            var oldMember = before.Find(old, name);
            if (oldMember != JsonTree.None && before.Text(oldMember).SequenceEqual(after.Text(member)))
            {
                equal++;
            }
        }

        return equal * 2 > Math.Max(news, olds) ? equal : 0;
    }

    /// <summary>The highest of some scores, and whether only one has it.</summary>
    private struct Best
    {
        private int _highest;
        private bool _isShared;

        public void Add(int score)
        {
            _isShared = score == _highest || (score < _highest && _isShared);
            _highest = Math.Max(_highest, score);
        }

        public readonly bool Is(int score) => score == _highest && !_isShared;
    }
}

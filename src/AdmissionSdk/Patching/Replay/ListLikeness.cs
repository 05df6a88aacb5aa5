using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Tells if a new object looks like a changed copy of an old one (a record's <c>with</c>) and must keep the fields that the view does not show.</summary>
internal static class ListLikeness
{
    // Every new element is compared with every free old one, which needs a bound.
    private const int MostComparisons = 4096;

    /// <summary>Tells if most members are equal, the merge key aside. Something else in an element's place must not inherit the element's fields.</summary>
    public static bool IsCopy(JsonTree before, int old, JsonTree after, int @new, string? mergeKey) =>
        Score(Candidate.Of(before, old, mergeKey), Candidate.Of(after, @new, mergeKey), mergeKey) > 0;

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

        Candidate[] olds = Array.ConvertAll(free, position => Candidate.Of(old.Tree, old[position], mergeKey));
        var scores = new int[unmatched.Length, free.Length];
        var (ofNew, ofOld) = (new Best[unmatched.Length], new Best[free.Length]);
        for (var i = 0; i < unmatched.Length; i++)
        {
            var candidate = Candidate.Of(@new.Tree, @new[unmatched[i]], mergeKey);
            for (var j = 0; j < free.Length; j++)
            {
                scores[i, j] = Score(olds[j], candidate, mergeKey);
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

    /// <summary>Counts the equal members; 0 unless more than half are equal.</summary>
    private static int Score(Candidate old, Candidate @new, string? mergeKey)
    {
        // So many members that more than half cannot be equal: a wide element is not walked once for each small one.
        var most = Math.Max(old.Members, @new.Members);
        if (Math.Min(old.Members, @new.Members) * 2 <= most)
        {
            return 0;
        }

        var equal = 0;
        foreach (var member in @new.Tree.Children(@new.Element))
        {
            var name = @new.Tree.Name(member);
            if (name == mergeKey)
            {
                continue;
            }

            var oldMember = old.Tree.Find(old.Element, name);
            if (oldMember != JsonTree.None && old.Tree.Text(oldMember).SequenceEqual(@new.Tree.Text(member)))
            {
                equal++;
            }
        }

        return equal * 2 > most ? equal : 0;
    }

    /// <summary>An element and the number of its members, the merge key aside.</summary>
    private readonly record struct Candidate(JsonTree Tree, int Element, int Members)
    {
        public static Candidate Of(JsonTree tree, int element, string? mergeKey)
        {
            var key = mergeKey is not null && tree.IsObject(element) && tree.Find(element, mergeKey) != JsonTree.None ? 1 : 0;
            return new(tree, element, tree.IsObject(element) ? tree.ChildCount(element) - key : 0);
        }
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

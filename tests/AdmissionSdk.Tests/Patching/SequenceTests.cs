using AdmissionSdk.Patching.Diff;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The two sequence algorithms, against slower ones that are plainly right.</summary>
/// <remarks>Covers <see cref="CommonSubsequence"/>, <see cref="RisingSubsequence"/>.</remarks>
public sealed class SequenceTests
{
    [Fact]
    public void RisingSubsequence_AnyOrder_IsTheLongest()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var positions = Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(10) - 2).Select(position => Math.Max(position, -1)).ToArray();
            Distinct(positions);

            var kept = RisingSubsequence.Keep(positions);

            Assert.All(kept.Select((position, i) => (position, i)), pair => Assert.True(pair.position == -1 || pair.position == positions[pair.i]));
            int[] run = [.. kept.Where(position => position >= 0)];
            Assert.Equal(run.Order(), run);
            Assert.Equal(LongestRise(positions), run.Length);
        }
    }

    [Fact]
    public void CommonSubsequence_AnyTexts_IsTheLongest()
    {
        var random = new Random(2);
        for (var round = 0; round < 2000; round++)
        {
            string[] left = Letters(random), right = Letters(random);
            var budget = 100;

            var pairs = CommonSubsequence.Find(left, right, ref budget)!;

            Assert.All(pairs, pair => Assert.Equal(left[pair.Left], right[pair.Right]));
            Assert.Equal(pairs.Select(pair => pair.Left).Distinct().Order(), pairs.Select(pair => pair.Left));
            Assert.Equal(pairs.Select(pair => pair.Right).Distinct().Order(), pairs.Select(pair => pair.Right));
            Assert.Equal(LongestCommon(left, right), pairs.Count);
            Assert.Equal(100 - Used(left, right), budget);
        }
    }

    [Theory]
    [InlineData("abcd", "xbyd", 4, true)]
    [InlineData("abcd", "xbyd", 3, false)]
    [InlineData("abcd", "", 0, true)]
    [InlineData("", "abcd", 0, true)]
    [InlineData("abcd", "abcd", 0, true)]
    [InlineData("abcd", "abxcd", 0, true)]
    [InlineData("ab", "ba", 1, false)]
    [InlineData("ab", "ba", 2, true)]
    public void CommonSubsequence_Budget_IsTheMostDifferences(string left, string right, int budget, bool found) =>
        Assert.Equal(found, CommonSubsequence.Find([.. left.Select(c => c.ToString())], [.. right.Select(c => c.ToString())], ref budget) is not null);

    // Common ends and a side that is used up cost nothing.
    private static int Used(string[] left, string[] right)
    {
        var start = 0;
        while (start < left.Length && start < right.Length && left[start] == right[start])
        {
            start++;
        }

        var end = 0;
        while (end < left.Length - start && end < right.Length - start && left[^(end + 1)] == right[^(end + 1)])
        {
            end++;
        }

        string[] l = left[start..^end], r = right[start..^end];
        return l.Length == 0 || r.Length == 0 ? 0 : l.Length + r.Length - (2 * LongestCommon(l, r));
    }

    private static string[] Letters(Random random) => [.. Enumerable.Range(0, random.Next(9)).Select(_ => "abc"[random.Next(3)].ToString())];

    // Every position once, as each old element is.
    private static void Distinct(int[] positions)
    {
        var seen = new HashSet<int>();
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = seen.Add(positions[i]) ? positions[i] : -1;
        }
    }

    private static int LongestRise(int[] positions)
    {
        var best = new int[positions.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            best[i] = positions[i] < 0 ? 0 : 1 + Enumerable.Range(0, i).Where(j => positions[j] >= 0 && positions[j] < positions[i]).Select(j => best[j]).DefaultIfEmpty().Max();
        }

        return best.DefaultIfEmpty().Max();
    }

    private static int LongestCommon(string[] left, string[] right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                table[i, j] = left[i - 1] == right[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
            }
        }

        return table[left.Length, right.Length];
    }
}

using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Tests.Patching.Support;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Changed copies of list elements.</summary>
/// <remarks>Covers <see cref="ListLikeness"/>.</remarks>
public sealed class ListLikenessTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2,"c":3}""", """{"a":1,"b":2,"c":9}""", null, true)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"b":9}""", null, false)] // Half is not most.
    [InlineData("""{"a":1}""", """{"a":1,"b":2,"c":3}""", null, false)] // Most of the old is little of the new,
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", null, false)] // and the other way round.
    [InlineData("""{"a":1,"b":2,"c":3}""", """{"a":1,"b":2}""", null, true)]
    [InlineData("""{"a":1}""", """{"a":2}""", null, false)]
    [InlineData("""{}""", """{}""", null, false)] // Nothing in common.
    [InlineData("""{"n":1,"a":1}""", """{"n":2,"a":1}""", "n", true)] // The key does not count,
    [InlineData("""{"n":1,"a":1,"b":2}""", """{"n":1,"a":1,"b":9}""", "n", false)] // for neither,
    [InlineData("""{"a":1,"b":2}""", """{"n":2,"a":1}""", "n", false)] // and not where there is none.
    [InlineData("""{"a":1}""", """{"n":2,"a":1}""", "n", true)]
    [InlineData("""[1]""", """[1]""", null, false)]
    [InlineData("""[1]""", """{"a":1}""", null, false)]
    [InlineData("""{"a":1}""", """[1]""", null, false)]
    [InlineData("""{"":1}""", """[1]""", null, false)] // An element has no name.
    [InlineData("""1""", """1""", null, false)]
    public void IsCopy_TwoElements_ComparesTheirMembers(string old, string @new, string? mergeKey, bool expected) =>
        Assert.Equal(expected, ListLikeness.IsCopy(Trees.Parse(old), JsonTree.Root, Trees.Parse(@new), JsonTree.Root, mergeKey));

    [Theory]
    [InlineData(new[] { "{'a':1,'b':1}", "{'c':1,'d':1}" }, new[] { "{'c':1,'d':1,'x':1}", "{'a':1,'b':1,'x':1}" }, new[] { 1, 0 })]
    [InlineData(new[] { "{'a':1,'b':1}", "{'a':1,'b':1}" }, new[] { "{'a':1,'b':1,'x':1}" }, new[] { -1 })] // Two of which it could be a copy.
    [InlineData(new[] { "{'a':1,'b':1}" }, new[] { "{'a':1,'b':1,'x':1}", "{'a':1,'b':1,'y':1}" }, new[] { -1, -1 })] // Two that could be its copy.
    [InlineData(new[] { "{'a':1,'b':1,'c':1}", "{'a':1,'b':1}" }, new[] { "{'a':1,'b':1,'c':1}" }, new[] { 0 })] // The better one wins, first
    [InlineData(new[] { "{'a':1,'b':1}", "{'a':1,'b':1,'c':1}" }, new[] { "{'a':1,'b':1,'c':1}" }, new[] { 1 })] // or last.
    [InlineData(new[] { "{'a':1,'b':1,'c':1}" }, new[] { "{'a':1,'b':1}", "{'a':1,'b':1,'c':1}" }, new[] { -1, 0 })]
    [InlineData(new[] { "{'a':1,'b':1,'c':1}" }, new[] { "{'a':1,'b':1,'c':1}", "{'a':1,'b':1}" }, new[] { 0, -1 })]
    [InlineData(new[] { "{'a':1}" }, new[] { "{'b':1}" }, new[] { -1 })]
    public void Match_WhatIsLeft_FindsMutualUndisputedCopies(string[] old, string[] @new, int[] matches) =>
        Assert.Equal(matches, Match(old, @new));

    [Fact]
    public void Match_ElementsThatAreMatchedTakenOrClosed_StayAsTheyAre()
    {
        string[] old = ["{'a':1,'b':1}", "{'a':1,'b':1}"], @new = ["{'a':1,'b':1}", "{'a':1,'b':1}"];

        Assert.Equal([0, 1], Match(old, @new, matches: [0, -1], taken: [true, false]));
        Assert.Equal([0, -1], Match(old, @new, matches: [0, -1], taken: [true, false], open: [true, false]));
        Assert.Equal([-1, 1], Match(old, @new, matches: [-1, -1], taken: [true, false], open: [false, true]));
    }

    // Requesters choose the length of lists.
    [Theory]
    [InlineData(64, 64, true)]
    [InlineData(1, 4096, true)]
    [InlineData(17, 241, false)]
    [InlineData(1, 4097, false)]
    public void Match_ManyElements_AreComparedUpToALimit(int olds, int news, bool compared)
    {
        var old = Enumerable.Range(0, olds).Select(i => $"{{'a':{i},'b':{i}}}").ToArray();
        var @new = Enumerable.Range(0, news).Select(i => $"{{'a':{i},'b':{i},'x':1}}").ToArray();

        var matches = Match(old, @new);

        Assert.Equal(Enumerable.Range(0, news).Select(i => compared && i < olds ? i : -1), matches);
    }

    private static int[] Match(string[] old, string[] @new, int[]? matches = null, bool[]? taken = null, bool[]? open = null)
    {
        var (before, after) = (List(old), List(@new));
        var result = matches ?? [.. @new.Select(_ => -1)];
        bool[] unmatched = [.. result.Select((match, i) => match < 0 && (open is null || open[i]))];
        foreach (var (i, position) in ListLikeness.FindCopies(Trees.Elements(before), taken ?? new bool[old.Length], Trees.Elements(after), unmatched, mergeKey: null))
        {
            result[i] = position;
        }

        return result;
    }

    private static JsonTree List(string[] elements) => Trees.Parse($"[{string.Join(',', elements)}]".Replace('\'', '"'));
}

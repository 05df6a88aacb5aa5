using System.Text;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The diff alone: the operations and their order, between two documents.</summary>
/// <remarks>Covers <see cref="JsonDiff"/>, <see cref="PatchWriter"/>, <see cref="Alignment"/>, <see cref="PatchLimits"/>, <see cref="ListPairing"/>, <see cref="DiffState"/>.</remarks>
public sealed class JsonDiffTests
{
    [Theory]
    [InlineData("{}", "{}", "")]
    [InlineData("""{"a":1,"b":2}""", """{"b": 2,"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", """[{"op":"replace","path":"/a","value":2}]""")]
    [InlineData("""{"a":1}""", """{"a":1.0}""", """[{"op":"replace","path":"/a","value":1.0}]""")]
    [InlineData("""{"a":"\u0061"}""", """{"a":"a"}""", "")]
    [InlineData("""{"a":1}""", """{"b":1}""", """[{"op":"remove","path":"/a"},{"op":"add","path":"/b","value":1}]""")]
    [InlineData("""{"a":{"b":{"c":1}}}""", """{"a":{"b":{"c":2}}}""", """[{"op":"replace","path":"/a/b/c","value":2}]""")]
    [InlineData("""{"a":{}}""", """{"a":[]}""", """[{"op":"replace","path":"/a","value":[]}]""")]
    [InlineData("""{"a":null}""", """{"a":{"b":1}}""", """[{"op":"replace","path":"/a","value":{"b":1}}]""")]
    [InlineData("""{"a/b":1,"m~n":1}""", """{"a/b":2,"m~n":2}""", """[{"op":"replace","path":"/a~1b","value":2},{"op":"replace","path":"/m~0n","value":2}]""")]
    [InlineData("""{"é\"":1}""", """{"é\"":2}""", """[{"op":"replace","path":"/é\"","value":2}]""")]
    [InlineData("1", "2", """[{"op":"replace","path":"","value":2}]""")]
    [InlineData("[1,2,3]", "[1,3]", """[{"op":"remove","path":"/1"}]""")]
    [InlineData("[1,3]", "[1,2,3]", """[{"op":"add","path":"/1","value":2}]""")]
    [InlineData("[1,2,3]", "[1,9,3]", """[{"op":"replace","path":"/1","value":9}]""")]
    [InlineData("[1,2,3,4]", "[9,8,3,4]", """[{"op":"replace","path":"/0","value":9},{"op":"replace","path":"/1","value":8}]""")]
    [InlineData("[1,2,3]", "[]", """[{"op":"remove","path":"/2"},{"op":"remove","path":"/1"},{"op":"remove","path":"/0"}]""")]
    [InlineData("[]", "[1,2]", """[{"op":"add","path":"/0","value":1},{"op":"add","path":"/1","value":2}]""")]
    [InlineData("[1,2,3,4,5]", "[2,3,9,4,5]", """[{"op":"remove","path":"/0"},{"op":"add","path":"/2","value":9}]""")]
    [InlineData("[1,2,3]", "[9,1,2]", """[{"op":"remove","path":"/2"},{"op":"add","path":"/0","value":9}]""")]
    [InlineData("""[{"a":1,"b":2},7]""", """[{"a":1,"b":3},7]""", """[{"op":"replace","path":"/0/b","value":3}]""")]
    [InlineData("[[1],[2]]", "[[1],[2,3]]", """[{"op":"add","path":"/1/1","value":3}]""")]
    public void Create_TwoDocuments_GivesTheOperations(string source, string target, string patch) =>
        Assert.Equal(patch, Patch(source, target, new Alignment()));

    [Fact]
    public void Create_DuplicateNames_TheLastCounts()
    {
        Assert.Equal("", Patch("""{"a":1,"a":2}""", """{"a":2}""", new Alignment()));
        Assert.Equal("""[{"op":"remove","path":"/a"}]""", Patch("""{"a":1,"a":2}""", "{}", new Alignment()));
        Assert.Equal("""[{"op":"add","path":"/a","value":2}]""", Patch("{}", """{"a":1,"a":2}""", new Alignment()));
    }

    [Fact]
    public void Create_Aligned_ElementsAreWhatTheyWere()
    {
        // By content alone the second would be taken for the first.
        var alignment = new Alignment();
        alignment.AddStart(1, 9);

        Assert.Equal("""[{"op":"remove","path":"/0"},{"op":"replace","path":"/0/a","value":1}]""", Patch("""[{"a":1},{"a":2}]""", """[{"a":1}]""", alignment));
        Assert.Equal("""[{"op":"remove","path":"/1"}]""", Patch("""[{"a":1},{"a":2}]""", """[{"a":1}]""", new Alignment()));
    }

    [Fact]
    public void Create_SameOriginTwice_CountsOnce()
    {
        var alignment = new Alignment();
        alignment.AddCopy(1, 1, 1);
        alignment.AddCopy(3, 1, 1);

        Assert.Equal("""[{"op":"add","path":"/1","value":1}]""", Patch("[1]", "[1,1]", alignment));
    }

    [Fact]
    public void Create_OriginInAnotherList_IsNotOfThisOne()
    {
        var alignment = new Alignment();
        alignment.AddCopy(12, 6, 1);

        Assert.Equal(
            """[{"op":"remove","path":"/a/0"},{"op":"add","path":"/b/0","value":1}]""",
            Patch("""{"a":[1],"b":[]}""", """{"a":[],"b":[1]}""", alignment));
    }

    [Fact]
    public void Create_PatchAsLongAsItMayBe_IsMade()
    {
        var patch = """[{"op":"replace","path":"/a","value":2}]""";

        Assert.Equal(patch, Patch("""{"a":1}""", """{"a":2}""", new Alignment(), PatchLimits.Default with { MaxPatchBytes = patch.Length }));
        var failure = Assert.Throws<PatchException>(
            () => Patch("""{"a":1}""", """{"a":2}""", new Alignment(), PatchLimits.Default with { MaxPatchBytes = patch.Length - 1 }));
        Assert.Equal($"the patch is larger than {patch.Length - 1} bytes (at \"/a\"); edit less of the object", failure.Message);
    }

    // The whole document is never replaced, so its patch has no other end than that of all patches.
    [Fact]
    public void Create_PatchOfTheRootIsLongerThanTheDocument_IsComplete() =>
        Assert.Equal(
            """[{"op":"remove","path":"/a"},{"op":"remove","path":"/b"},{"op":"replace","path":"/c","value":2},{"op":"add","path":"/d","value":2}]""",
            Patch("""{"a":1,"b":1,"c":1}""", """{"c":2,"d":2}""", new Alignment(), PatchLimits.Default with { MaxExcessBytes = 0 }));

    [Theory]
    [InlineData("""{"o":{"a":1,"b":1}}""", """{"o":{"a":2,"b":2}}""", """[{"op":"replace","path":"/o/a","value":2},{"op":"replace","path":"/o/b","value":2}]""", """{"a":2,"b":2}""")]
    [InlineData("""{"o":{"a":1,"b":1}}""", """{"o":{}}""", """[{"op":"remove","path":"/o/a"},{"op":"remove","path":"/o/b"}]""", "{}")]
    [InlineData("""{"o":{}}""", """{"o":{"a":2,"b":2}}""", """[{"op":"add","path":"/o/a","value":2},{"op":"add","path":"/o/b","value":2}]""", """{"a":2,"b":2}""")]
    [InlineData("""{"o":[{"a":1},{"a":1}]}""", """{"o":[{"a":2},{"a":2}]}""", """[{"op":"replace","path":"/o/0/a","value":2},{"op":"replace","path":"/o/1/a","value":2}]""", """[{"a":2},{"a":2}]""")]
    public void Create_OperationsInAValueAreTooLong_TheValueIsReplaced(string source, string target, string operations, string whole)
    {
        // The length counted lacks the closing bracket.
        var excess = operations.Length - 1 - whole.Length;
        var first = operations.IndexOf("},{", StringComparison.Ordinal) + 1 - whole.Length;
        var replaced = $$"""[{"op":"replace","path":"/o","value":{{whole}}}]""";

        Assert.Equal(operations, Patch(source, target, new Alignment(), PatchLimits.Default with { MaxExcessBytes = excess }));
        // As long as allowed after the first of two, by a byte longer after both, and too long with the first.
        Assert.Equal(replaced, Patch(source, target, new Alignment(), PatchLimits.Default with { MaxExcessBytes = first }));
        Assert.Equal(replaced, Patch(source, target, new Alignment(), PatchLimits.Default with { MaxExcessBytes = excess - 1 }));
        Assert.Equal(replaced, Patch(source, target, new Alignment(), PatchLimits.Default with { MaxExcessBytes = first - 1 }));
    }

    [Fact]
    public void Create_AsManyAddedAsRemoved_BothCount()
    {
        // The last stays and becomes the first.
        var (source, target) = ("""{"l":[1,2,3,0]}""", """{"l":[0,4,5,6]}""");
        var alignment = new Alignment();
        alignment.AddCopy(6, 12, 1);

        Assert.StartsWith("""[{"op":"remove","path":"/l/2"},""", Patch(source, target, alignment, PatchLimits.Default with { MaxListDifferences = 6 }), StringComparison.Ordinal);
        Assert.Equal("""[{"op":"replace","path":"/l","value":[0,4,5,6]}]""", Patch(source, target, alignment, PatchLimits.Default with { MaxListDifferences = 5 }));
    }

    [Fact]
    public void Create_DifferencesOfAllLists_CountTogether()
    {
        // Three in the first list, and three in the second.
        var (source, target) = ("""{"a":[1,5,2,7,3],"b":[1,2]}""", """{"a":[5,7],"b":[2,3,4]}""");
        const string first = """{"op":"remove","path":"/a/4"},{"op":"remove","path":"/a/2"},{"op":"remove","path":"/a/0"}""";

        Assert.Equal(
            $$"""[{{first}},{"op":"remove","path":"/b/0"},{"op":"add","path":"/b/1","value":3},{"op":"add","path":"/b/2","value":4}]""",
            Patch(source, target, new Alignment(), PatchLimits.Default with { MaxListDifferences = 6 }));
        Assert.Equal(
            $$"""[{{first}},{"op":"replace","path":"/b","value":[2,3,4]}]""",
            Patch(source, target, new Alignment(), PatchLimits.Default with { MaxListDifferences = 5 }));
    }

    [Fact]
    public void FindSource_Copies_MapsEveryByteOfThemAndNoOther()
    {
        var alignment = new Alignment();
        alignment.AddCopy(10, 100, 5);
        alignment.AddCopy(20, 50, 1);
        alignment.AddCopy(30, 0, 3);
        alignment.AddStart(40, 7);

        Assert.Equal([-1, 100, 104, -1, -1, 50, -1, 0, 2, -1, 7, -1], new[] { 9, 10, 14, 15, 19, 20, 21, 30, 32, 33, 40, 41 }.Select(alignment.FindSource));
    }

    [Fact]
    public void FindSource_Chain_ReachesBackToTheFirst()
    {
        var first = new Alignment();
        first.AddCopy(5, 50, 10);
        var second = new Alignment();
        second.AddCopy(0, 7, 2);
        second.AddCopy(10, 0, 2);
        second.ChainTo(first);

        Assert.Equal([52, 53, -1, -1], new[] { 0, 1, 10, 99 }.Select(second.FindSource));
    }

    private static string Patch(string source, string target, Alignment alignment, PatchLimits? limits = null)
    {
        var (from, to) = (Tree(source), Tree(target));
        var patch = JsonDiff.Create(from, to, alignment, limits ?? PatchLimits.Default);
        var text = Encoding.UTF8.GetString(patch.Json.Span);
        Assert.Equal(patch.OperationCount, text.Length == 0 ? 0 : JsonPatch.Parse(patch.Json.Span).Operations.Count);
        Assert.True(text.Length == 0 || JsonEquality.DeepEquals(JsonTree.Parse(JsonPatch.Parse(patch.Json.Span).Apply(Encoding.UTF8.GetBytes(source)), 1000), 0, to, 0));
        return text;
    }

    private static JsonTree Tree(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json), 1000);
}

using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Tests.Patching;

/// <summary>JSON Patches: reading, applying, limits.</summary>
/// <remarks>Covers <see cref="JsonPatch"/>, <see cref="JsonPatchReader"/>, <see cref="JsonPatchOperation"/>, <see cref="PatchDocument"/>, <see cref="PatchMembers"/>, <see cref="PatchNode"/>, <see cref="PatchLimits"/>.</remarks>
public sealed class JsonPatchTests
{
    private const string AllSix = """
        [{"op":"add","path":"/a","value":{"x": 1}},{"op":"remove","path":"/b"},{"op":"replace","path":"/c","value":1.50},
         {"op":"move","from":"/d","path":"/e"},{"op":"copy","from":"/e","path":"/f"},{"op":"test","path":"/g","value":null}]
        """;

    [Fact]
    public void Operations_AllSix_AreReadInOrder()
    {
        var operations = Parse(AllSix).Operations;

        Assert.Equal(
            [("add", "/a", null), ("remove", "/b", null), ("replace", "/c", null), ("move", "/e", "/d"), ("copy", "/f", "/e"), ("test", "/g", null)],
            operations.Select(operation => (operation.Op, operation.Path, operation.From)));
        Assert.Equal(
            ["""{"x": 1}""", null, "1.50", null, null, "null"],
            operations.Select(operation => operation.Value?.GetRawText()));
    }

    [Fact]
    public void Operation_ToString_IsOneLine() => Assert.Equal(
        ["add /a = {\"x\": 1}", "remove /b", "replace /c = 1.50", "move /d -> /e", "copy /e -> /f", "test /g = null"],
        Parse(AllSix).Operations.Select(operation => operation.ToString()));

    [Fact]
    public void ToString_IsThePatchAsRead() => Assert.Equal(AllSix, Parse(AllSix).ToString());

    [Fact]
    public void Parse_NotJson_SaysSo()
    {
        var exception = Assert.Throws<JsonPatchException>(() => Parse("[{]"));

        Assert.StartsWith("the patch is malformed: it is not JSON: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_BufferReusedAfterwards_KeepsItsOwn()
    {
        var buffer = """[{"op":"add","path":"/a","value":1}]"""u8.ToArray();
        var patch = JsonPatch.Parse(buffer);
        Array.Clear(buffer);

        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(patch.Apply("{}"u8)));
    }

    [Fact]
    public void Apply_TestOfADeepValue_Compares()
    {
        var deep = new string('[', 900) + new string(']', 900);

        Assert.Equal($$"""{"a":{{deep}}}""", Encoding.UTF8.GetString(Parse($$"""[{"op":"test","path":"/a","value":{{deep}}}]""").Apply(Encoding.UTF8.GetBytes($$"""{"a":{{deep}}}"""))));
    }

    [Fact]
    public void Apply_UntouchedText_KeepsItsBytes()
    {
        const string document = """{"a":{"n": 1.50, "e":"\u003cé","big":9007199254740993}, "b":[ 1e2 ]}""";

        var result = Parse("""[{"op":"add","path":"/c","value":0}]""").Apply(Encoding.UTF8.GetBytes(document));

        Assert.Equal("""{"a":{"n": 1.50, "e":"\u003cé","big":9007199254740993},"b":[ 1e2 ],"c":0}""", Encoding.UTF8.GetString(result));
    }

    [Fact]
    public void Apply_Fails_LeavesTheDocumentAlone()
    {
        var document = """{"a":1}"""u8.ToArray();

        Assert.Throws<JsonPatchException>(() => Parse("""[{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}]""").Apply(document));

        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(document));
    }

    [Fact]
    public void Apply_DocumentIsNotJson_Throws() => Assert.ThrowsAny<JsonException>(() => Parse("[]").Apply("{"u8));

    [Fact]
    public void Apply_CopiesGrowBeyondTheLimit_Fails()
    {
        // Each copy doubles: 22 operations on a kilobyte would make gigabytes.
        var document = Encoding.UTF8.GetBytes($$"""{"a":["{{new string('x', 1000)}}"]}""");
        var patch = Parse("[" + string.Join(',', Enumerable.Repeat("""{"op":"copy","from":"/a","path":"/a/-"}""", 22)) + "]");

        var exception = Assert.Throws<JsonPatchException>(() => patch.Apply(document));

        Assert.Equal("the copies of this patch add more than 3145728 bytes", exception.Reason);
        Assert.Equal(11, exception.OperationIndex);
    }

    [Fact]
    public void Apply_CopiesNestDeeperThanTheLimit_Fails()
    {
        // Each copy doubles the depth; without a limit the process would die of a stack overflow.
        var patch = Parse("[" + string.Join(',', Enumerable.Range(0, 25).Select(i =>
            $$"""{"op":"copy","from":"","path":"{{string.Concat(Enumerable.Repeat("/a", 1 << Math.Min(i, 12)))}}"}""")) + "]");

        var exception = Assert.Throws<JsonPatchException>(() => patch.Apply("{}"u8));

        Assert.Equal(9, exception.OperationIndex);
        Assert.Equal("the document would be nested deeper than 1000", exception.Reason);
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void Apply_AddsNestedValue_UpToTheLimit(int depth, bool applies)
    {
        var patch = Parse($$"""[{"op":"add","path":"/a","value":{{Nested(depth)}}}]""");

        var exception = Record.Exception(() => patch.Apply("{}"u8));

        Assert.Equal(applies ? null : "the document would be nested deeper than 1000", (exception as JsonPatchException)?.Reason);
    }

    [Theory]
    [InlineData(998, true)]
    [InlineData(999, false)]
    public void Apply_ReplacesByANestedValue_UpToTheLimit(int depth, bool applies)
    {
        var patch = Parse($$"""[{"op":"replace","path":"/a/b","value":{{Nested(depth)}}}]""");

        var exception = Record.Exception(() => patch.Apply("""{"a":{"b":1}}"""u8));

        Assert.Equal(applies ? null : "the document would be nested deeper than 1000", (exception as JsonPatchException)?.Reason);
    }

    [Fact]
    public void Apply_CopiesAsManyBytesAsItMay()
    {
        var patch = Parse("""[{"op":"copy","from":"/a","path":"/b"},{"op":"copy","from":"/a","path":"/c"}]""");
        string? Apply(int mostBytes) => (Record.Exception(() => patch.Apply(
            """{"a":"123456"}"""u8.ToArray(), PatchLimits.Default with { MaxCopyBytes = mostBytes })) as JsonPatchException)?.Reason;

        Assert.Null(Apply(16));
        Assert.Equal("the copies of this patch add more than 15 bytes", Apply(15));
    }

    [Theory]
    [InlineData("""{"a":1,"b":2}""", "/a")]
    [InlineData("""[1,2]""", "/0")]
    [InlineData("1", "")]
    public void Apply_MoveToWhereItIs_LeavesItThere(string document, string path) => Assert.Equal(
        document, Encoding.UTF8.GetString(Parse($$"""[{"op":"move","from":"{{path}}","path":"{{path}}"}]""").Apply(Encoding.UTF8.GetBytes(document))));

    [Fact]
    public void Apply_ManyOperationsOnAWideObject_AllApply()
    {
        // The benchmarks (WideMapBenchmarks) measure the cost.
        const int count = 40_000;
        var patch = Parse("[" + string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"op":"add","path":"/k{{i}}","value":{{i}}}""")) + "]");

        var result = JsonDocument.Parse(patch.Apply("{}"u8)).RootElement;

        Assert.Equal((count, 39_999), (result.EnumerateObject().Count(), result.GetProperty("k39999").GetInt32()));
    }

    [Fact]
    public void Apply_RemoveAndAddAgainInAWideObject_KeepsTheOthersInOrder()
    {
        var document = "{" + string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"k{i}\":{i}")) + "}";

        var result = Parse("""[{"op":"remove","path":"/k3"},{"op":"add","path":"/k3","value":33},{"op":"remove","path":"/k7"},{"op":"replace","path":"/k5","value":55}]""")
            .Apply(Encoding.UTF8.GetBytes(document));

        Assert.Equal(
            "{" + string.Join(',', Enumerable.Range(0, 20).Where(i => i is not (3 or 7)).Select(i => $"\"k{i}\":{(i == 5 ? 55 : i)}")) + ",\"k3\":33}",
            Encoding.UTF8.GetString(result));
    }

    private static JsonPatch Parse(string patch) => JsonPatch.Parse(Encoding.UTF8.GetBytes(patch));

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}

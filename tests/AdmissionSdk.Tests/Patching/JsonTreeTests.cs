using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The tree of a document, JSON strings, and JSON Pointers.</summary>
/// <remarks>Covers <see cref="JsonTree"/>, <see cref="JsonText"/>, <see cref="JsonEquality"/>, <see cref="JsonPointer"/>.</remarks>
public sealed class JsonTreeTests
{
    [Fact]
    public void Parse_Values_KnowTheirBytes()
    {
        const string json = """ {"a" : [1.0, "x\"y", {}], "\u0062":null , "":true} """;
        var tree = Tree(json);

        Assert.Equal(
            [json.Trim(), """[1.0, "x\"y", {}]""", "1.0", """
                "x\"y"
                """.Trim(), "{}", "null", "true"],
            Enumerable.Range(0, tree.Count).Select(node => Encoding.UTF8.GetString(tree.Text(node))));
        Assert.Equal(["", "a", "", "", "", "b", ""], Enumerable.Range(0, tree.Count).Select(tree.Name));
        Assert.Equal([1, 8, 9, 14, 22, 36, 46], Enumerable.Range(0, tree.Count).Select(tree.Start));
        Assert.Equal([7, 5, 3, 4, 5, 6, 7], Enumerable.Range(0, tree.Count).Select(tree.End));
        Assert.Equal([3, 2, 0, 0, 1, 0, 0], Enumerable.Range(0, tree.Count).Select(tree.MeasureDepth));
        Assert.Equal([3, 3, 0, 0, 0, 0, 0], Enumerable.Range(0, tree.Count).Select(tree.ChildCount));
        Assert.Equal(
            [JsonTokenType.StartObject, JsonTokenType.StartArray, JsonTokenType.Number, JsonTokenType.String, JsonTokenType.StartObject, JsonTokenType.Null, JsonTokenType.True],
            Enumerable.Range(0, tree.Count).Select(tree.Kind));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("b", 5)]
    [InlineData("", 6)]
    [InlineData("c", JsonTree.None)]
    [InlineData("A", JsonTree.None)]
    public void Find_Member_ByWhatItsNameStandsFor(string name, int node) =>
        Assert.Equal(node, Tree("""{"a":[1,2,{}],"\u0062":null,"":true}""").Find(JsonTree.Root, name));

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(50)]
    public void Find_AnyWidth_FindsEachAndTheLastOfEquals(int width)
    {
        var tree = Tree("{" + string.Join(',', Enumerable.Range(0, width).Select(i => $"\"k{i}\":{i}")) + ",\"k0\":-1}");

        Assert.Equal(
            ["-1", .. Enumerable.Range(1, width - 1).Select(i => $"{i}")],
            Enumerable.Range(0, width).Select(i => Encoding.UTF8.GetString(tree.Text(tree.Find(JsonTree.Root, $"k{i}")))));
        Assert.Equal(JsonTree.None, tree.Find(JsonTree.Root, $"k{width}"));
        Assert.Equal(JsonTree.None, tree.Find(JsonTree.Root, "k"));
    }

    [Fact]
    public void Find_NotAnObject_IsNone()
    {
        var tree = Tree("[1]");

        Assert.Equal(JsonTree.None, tree.Find(JsonTree.Root, "a"));
        Assert.Equal(JsonTree.None, tree.Find(1, "a"));
        Assert.Equal(JsonTree.None, tree.Find(JsonTree.None, "a"));
        Assert.False(tree.IsArray(JsonTree.None) || tree.IsObject(JsonTree.None));
    }

    [Fact]
    public void FindPointer_EveryNode_IsItsPointer()
    {
        var tree = Tree("""{"a":[1,{"b/c":2},[]],"d":{"e":{}}}""");

        Assert.Equal(["", "/a", "/a/0", "/a/1", "/a/1/b~1c", "/a/2", "/d", "/d/e"], Enumerable.Range(0, tree.Count).Select(node => tree.FindPointer(node).ToString()));
    }

    [Fact]
    public void Children_AreTheDirectOnes()
    {
        var tree = Tree("[[1,[2]],{\"a\":[3]},4]");
        List<string> children = [];
        foreach (var child in tree.Children(JsonTree.Root))
        {
            children.Add(Encoding.UTF8.GetString(tree.Text(child)));
        }

        Assert.Equal(["[1,[2]]", "{\"a\":[3]}", "4"], children);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Parse_Depth_UpToTheLimit(int depth, bool parses)
    {
        var json = new string('[', depth) + new string(']', depth);

        Assert.Equal(parses, Record.Exception(() => JsonTree.Parse(Encoding.UTF8.GetBytes(json), 5)) is not JsonException);
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "ab", false)]
    [InlineData("ab", "a", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("é", "é", true)]
    [InlineData("é", "e", false)]
    [InlineData("é", "xy", false)]
    [InlineData("éé", "éx", false)]
    [InlineData("日本", "日本", true)]
    [InlineData("日本", "日", false)]
    [InlineData("😀", "😀", true)]
    [InlineData("\\u00e9", "é", true)]
    [InlineData("\\ud83d\\ude00", "😀", true)]
    [InlineData("\\n", "\n", true)]
    [InlineData("a\\/b", "a/b", true)]
    [InlineData("\\u0061", "b", false)]
    public void TextEquals_ComparesWhatItStandsFor(string escaped, string value, bool equal) =>
        Assert.Equal(equal, JsonText.Equals(Encoding.UTF8.GetBytes(escaped), value));

    [Fact]
    public void TextEquals_LongNames_AreComparedWhole()
    {
        var name = new string('é', 500);

        Assert.True(JsonText.Equals(Encoding.UTF8.GetBytes(name), name));
        Assert.False(JsonText.Equals(Encoding.UTF8.GetBytes(name), name[..^1] + "e"));
        Assert.False(JsonText.Equals(Encoding.UTF8.GetBytes(new string('日', 500)), "é"));
    }

    [Theory]
    [InlineData("a/b", "\"a/b\"")]
    [InlineData("é\"\\\n", "\"é\\\"\\\\\\n\"")]
    public void Quote_IsAJsonString(string value, string json) => Assert.Equal(json, Encoding.UTF8.GetString(JsonText.Quote(value)));

    [Theory]
    [InlineData("{}", "{}", true)]
    [InlineData("""{"a":1,"b":[1,2]}""", """{ "b" : [1, 2], "a": 1 }""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", false)]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"c":2}""", false)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":0,"a":1}""", """{"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":0,"a":1}""", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1]", "[1,2]", false)]
    [InlineData("[1,2]", "[1]", false)]
    [InlineData("[1, 2]", "[1,2]", true)]
    [InlineData("\"\\u0061\"", "\"a\"", true)]
    [InlineData("\"a\"", "\"b\"", false)]
    [InlineData("1", "1.0", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("true", "false", false)]
    [InlineData("null", "0", false)]
    [InlineData("{}", "[]", false)]
    public void DeepEquals_NumbersByText_ObjectsInAnyOrder(string left, string right, bool equal) =>
        Assert.Equal(equal, JsonEquality.DeepEquals(Tree(left), JsonTree.Root, Tree(right), JsonTree.Root));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("10", 10)]
    [InlineData("999999999", 999999999)]
    [InlineData("1000000000", -1)]
    [InlineData("", -1)]
    [InlineData("-", -1)]
    [InlineData("-1", -1)]
    [InlineData("+1", -1)]
    [InlineData("00", -1)]
    [InlineData("1a", -1)]
    [InlineData("١", -1)]
    public void TryIndex_OnlyCanonicalDigits(string segment, int index) => Assert.Equal(index, JsonPointer.TryIndex(segment));

    private static JsonTree Tree(string json) => JsonTree.Parse(Encoding.UTF8.GetBytes(json), 1000);
}

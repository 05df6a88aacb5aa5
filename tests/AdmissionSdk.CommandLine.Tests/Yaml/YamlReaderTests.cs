using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Tests.Yaml;

/// <remarks>Covers <see cref="YamlReader"/>, <see cref="JsonNodeReader"/>, <see cref="YamlJson"/>, <see cref="ScalarResolver"/>, <see cref="YamlMapping"/>, <see cref="YamlScalar"/>, <see cref="TokenScanner"/>, <see cref="TextPart"/>, <see cref="YamlReadException"/>.</remarks>
public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: yes", """{"a":true}""")]
    [InlineData("a: off", """{"a":false}""")]
    [InlineData("a: 010", """{"a":8}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 1_000", """{"a":1000}""")]
    [InlineData("a: 1e3", """{"a":1000}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a: 'yes'", """{"a":"yes"}""")]
    [InlineData("a: !!str 1", """{"a":"1"}""")]
    [InlineData("1: a", """{"1":"a"}""")]
    [InlineData("x: &x {a: b, c: d}\nz: {<<: *x, c: e}", """{"x":{"a":"b","c":"d"},"z":{"c":"e","a":"b"}}""")]
    [InlineData("""{"a": "x\u0041\ud83d\ude00\ud83d"}""", """{"a":"xA\uD83D\uDE00\uFFFD"}""")]
    public void Read_Document_IsTheJsonThatKubectlSends(string text, string expected) =>
        Assert.Equal(expected, YamlJson.Convert((YamlMapping)YamlReader.Read(text).Single()!).ToJsonString());

    [Theory]
    [InlineData("a: b\na: c", 2, 1, "the key \"a\" is there twice")]
    [InlineData("{\"a\": 1,\n \"a\": 2}", 2, 2, "the key \"a\" is there twice")]
    [InlineData("a: *b", 1, 4, "the anchor \"b\" is missing before this alias")]
    [InlineData("a: &a [*a]", 1, 8, "the anchor \"a\" contains itself")]
    [InlineData("[a]: b", 1, 1, "a key must be a scalar")]
    [InlineData("x: &x {a: b}\ny:\n  a: c\n  <<: *x", 4, 3, "the key \"a\" is before a merge that has it too, and readers of YAML differ in which counts; put the merge first")]
    [InlineData("a: !!binary YQ==", 1, 13, "\"YQ==\" has the tag tag:yaml.org,2002:binary; write the value itself")]
    [InlineData("a: .nan", 1, 4, "JSON has no such number")]
    [InlineData("~: a", 1, 1, "a key is not a string; put the key in quotes")]
    public void Read_UncertainText_IsRefusedWithItsPlace(string text, int line, int column, string message)
    {
        var exception = Assert.Throws<YamlReadException>(() => YamlJson.Convert((YamlMapping)YamlReader.Read(text).Single()!));

        Assert.Equal((line, column, message), (exception.Line, exception.Column, exception.Message));
    }

    [Fact]
    public void Read_AnchoredScalar_HasThePlaceOfItsText()
    {
        const string Text = "a: &x 'b'\n";
        var scalar = Assert.IsType<YamlScalar>(((YamlMapping)YamlReader.Read(Text).Single()!).Find("a"));

        Assert.Equal("'b'", Text[scalar.Start..scalar.End]);
    }

    [Fact]
    public void Split_Documents_KeepCommentsWithTheNext() =>
        Assert.Equal(["a: b\n", "---\n# c\nd: e\n", "---\n"], TextPart.Split("a: b\n---\n# c\nd: e\n---\n").Select(part => part.Text));
}

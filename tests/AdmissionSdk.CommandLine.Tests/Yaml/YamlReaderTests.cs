using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Tests.Yaml;

/// <remarks>Covers <see cref="YamlReader"/>, <see cref="JsonNodeReader"/>, <see cref="YamlJson"/>, <see cref="ScalarResolver"/>, <see cref="YamlMapping"/>, <see cref="YamlScalar"/>, <see cref="YamlParser"/>, <see cref="YamlScanner"/>, <see cref="EntryList"/>, <see cref="TagText"/>, <see cref="GoNumber"/>, <see cref="TextPart"/>, <see cref="YamlReadException"/>.</remarks>
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
    [InlineData("a: !!binary '*'", 1, 13, "\"*\" has the tag tag:yaml.org,2002:binary, and kubectl reads no such value from it; write the value itself")]
    [InlineData("!!binary YQ==: a", 1, 10, "a key with the tag tag:yaml.org,2002:binary; write the key itself")]
    [InlineData("a: b\nyes: c\n'true': d", 3, 1, "the key \"true\" is there twice")]
    [InlineData("<<: b", 1, 1, "a merge (<<) needs a mapping or a list of mappings")]
    [InlineData("x: &x {a: b}\n<<: *x\n? <<\n: *x", 3, 3, "a second merge (<<) in one mapping, and readers of YAML differ in which counts; merge a list: <<: [*a, *b]")]
    [InlineData("a: \"b", 1, 4, "the closing quote is missing")]
    [InlineData("a: b\n c: d", 2, 3, "a value cannot begin here: one line has two colons, or the key before it is longer than one line")]
    [InlineData("a:\n  - b\n  c: d", 3, 3, "an element of a list begins with a dash at the same indentation")]
    [InlineData("a: [b\nc: d", 2, 2, "a comma or the closing ] is expected, of the bracket at line 1")]
    [InlineData("a: x\u0007y", 1, 5, "the control character U+0007 is not allowed in YAML; write it as an escape in double quotes")]
    [InlineData("%YAML 1.2\n---\na: b", 1, 1, "kubectl reads YAML 1.1 and not 1.2; leave the directive out")]
    [InlineData("%YAML 1.1\n---\na: b", 1, 1, "a directive is followed by --- in the same document, and kubectl splits documents at --- first; leave the directive out")]
    [InlineData("x: &x [{a: b}]\n<<: *x", 2, 1, "a merge (<<) needs a mapping or a list of mappings")]
    [InlineData("a: b\n--- c", 2, 1, "a line that begins with --- separates documents, and kubectl allows only a comment behind ---; put the rest on a line of its own")]
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
    public void Split_Documents_AreBetweenTheSeparators()
    {
        const string Text = "a: b\n---\n# c\nd: e\n---\n--- # f\ng: h\n";

        Assert.Equal(["a: b\n", "# c\nd: e\n", "--- # f\ng: h\n"], TextPart.Split(Text, new TextPart(0, Text.Length, 0)).Select(part => Text[part.Start..part.End]));
    }

    // kubectl reads JSON values until something else comes, and YAML from there if only one came.
    [Theory]
    [InlineData("{\"a\": \"\\/\"}\n{\"b\": 1}", "{\"a\":\"/\"} {\"b\":1}")]
    [InlineData("{\"a\": 1}\n{b: c}", "{\"a\":1} {\"b\":\"c\"}")]
    [InlineData("{\"a\": 1}\n---\nb: c", "{\"a\":1} {\"b\":\"c\"}")]
    [InlineData("{a: b}\n---\n{\"c\": 1}", "{\"a\":\"b\"} {\"c\":1}")]
    public void Read_JsonThenYaml_IsReadToTheEnd(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', YamlReader.Read(text).Select(root => YamlJson.Convert((YamlMapping)root!).ToJsonString())));

    [Theory]
    [InlineData("{\"a\": 1}{\"b\": 2}\nc: d", 2, 1)]
    [InlineData("a: b\n...\n\nc: d", 4, 1)]
    [InlineData("{a: b}\n\n {c: d}", 3, 2)]
    public void Read_TextThatKubectlDoesNotRead_HasItsPlace(string text, int line, int column)
    {
        var last = YamlReader.ReadDocuments(text).Last();

        Assert.Equal((line, column), last.Unread ?? (last.Refusal!.Line, last.Refusal.Column));
    }

    // Quoted and tagged spellings merge for kubectl, and an alias does not.
    [Theory]
    [InlineData("! \"<<\": {a: b}", "{\"a\":\"b\"}")]
    [InlineData("! <<: {a: b}", "{\"a\":\"b\"}")]
    [InlineData("!!merge \"<<\": {a: b}", "{\"a\":\"b\"}")]
    [InlineData("!<tag:yaml.org,2002:merge> '<<': {a: b}", "{\"a\":\"b\"}")]
    [InlineData("%TAG !e! tag:yaml.org,2002:\r---\r!e!merge \"<<\": {a: b}\r", "{\"a\":\"b\"}")]
    [InlineData("%TAG ! tag:yaml.org,2002:\r---\r!merge '<<': {a: b}\r", "{\"a\":\"b\"}")]
    [InlineData("<<: [{a: b}, {a: c, d: e}]", "{\"a\":\"b\",\"d\":\"e\"}")]
    [InlineData("\"<<\": {a: b}", "{\"\\u003C\\u003C\":{\"a\":\"b\"}}")]
    [InlineData("!!str <<: {a: b}", "{\"\\u003C\\u003C\":{\"a\":\"b\"}}")]
    [InlineData("!foo <<: {a: b}", "{\"\\u003C\\u003C\":{\"a\":\"b\"}}")]
    [InlineData("x: &m <<\n*m : {a: b}", "{\"x\":\"\\u003C\\u003C\",\"\\u003C\\u003C\":{\"a\":\"b\"}}")]
    public void Read_MergeKey_IsWhatKubectlTakesForOne(string text, string expected) =>
        Assert.Equal(expected, YamlJson.Convert((YamlMapping)YamlReader.Read(text).Single()!).ToJsonString());
}

using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Patching;

namespace AdmissionSdk.Testing.Tests.Rules.Patching;

/// <summary>The API server's JSON patch with its quirks (contract 12).</summary>
/// <remarks>Covers <see cref="JsonPatchV4"/>, <see cref="PatchRun"/>, <see cref="PatchContainer"/>, <see cref="PatchOperation"/>, <see cref="ApiServerPatchNode"/>.</remarks>
public class JsonPatchV4Tests
{
    [Theory]
    // 12.1 nothing to do
    [InlineData("""{"a":1}""", "[]", """{"a":1}""")]
    [InlineData("""{"a":1}""", "null", """{"a":1}""")]
    // 12.2 add: members, null for a missing value
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":2}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b"}]""", """{"a":1,"b":null}""")]
    [InlineData("""{"m":{}}""", """[{"op":"add","path":"/m/","value":"x"}]""", """{"m":{"":"x"}}""")]
    // 12.3 replace: a missing member is added; the whole document
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"/b","value":2}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":{"z":1}}]""", """{"z":1}""")]
    // 12.4 remove
    [InlineData("""{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    // 12.5 arrays
    [InlineData("""{"l":[1,2]}""", """[{"op":"add","path":"/l/-","value":3}]""", """{"l":[1,2,3]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"add","path":"/l/-1","value":3}]""", """{"l":[1,2,3]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"add","path":"/l/-2","value":3}]""", """{"l":[1,3,2]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"add","path":"/l/2","value":3}]""", """{"l":[1,2,3]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"remove","path":"/l/-1"}]""", """{"l":[1]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"replace","path":"/l/-1","value":9}]""", """{"l":[1,9]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"replace","path":"/l/+1","value":9}]""", """{"l":[1,9]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"replace","path":"/l/01","value":9}]""", """{"l":[1,9]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"move","from":"/l/0","path":"/l/-"}]""", """{"l":[2,1]}""")]
    [InlineData("""{"l":[1,2]}""", """[{"op":"copy","from":"/l/0","path":"/l/-"}]""", """{"l":[1,2,1]}""")]
    // 12.6 test: absent, null and missing value are one
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/b"}]""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/b","value":null}]""", """{"a":1}""")]
    [InlineData("""{"a":null}""", """[{"op":"test","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("""{"a":{"x":1,"y":[1]}}""", """[{"op":"test","path":"/a","value":{"y":[1],"x":1}}]""", """{"a":{"x":1,"y":[1]}}""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"","value":{"a":1}}]""", """{"a":1}""")]
    // 12.7 copy of a missing member writes null; move keeps the value
    [InlineData("""{"a":1}""", """[{"op":"copy","from":"/x","path":"/b"}]""", """{"a":1,"b":null}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"move","from":"/a/b","path":"/c"}]""", """{"a":{},"c":1}""")]
    // 12.8 pointers
    [InlineData("""{"a/b":1,"c~d":2}""", """[{"op":"remove","path":"/a~1b"},{"op":"remove","path":"/c~0d"}]""", "{}")]
    [InlineData("""{"~1":1}""", """[{"op":"remove","path":"/~01"}]""", "{}")]
    [InlineData("""{"bar":1}""", """[{"op":"remove","path":"foo/bar"}]""", "{}")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":2,"comment":"x"}]""", """{"a":1,"b":2}""")]
    public void Apply_ValidPatch_GivesTheApiServersResult(string document, string patch, string expected)
    {
        var result = Decode(patch).Apply(document);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(result)), result);
    }

    [Theory]
    // 12.2
    [InlineData("{}", """[{"op":"add","path":"/m/x","value":1}]""", "add operation does not apply: doc is missing path: \"/m/x\": missing value")]
    [InlineData("{}", """[{"op":"add","path":"","value":{}}]""", "add operation does not apply: doc is missing path: \"\": missing value")]
    // 12.3
    [InlineData("""{"l":[1]}""", """[{"op":"replace","path":"/l/5","value":1}]""", "replace operation does not apply: doc is missing key: /l/5: missing value")]
    [InlineData("{}", """[{"op":"replace","path":"/m/x","value":1}]""", "replace operation does not apply: doc is missing path: /m/x: missing value")]
    [InlineData("{}", """[{"op":"replace","path":"","value":7}]""", "replace operation value must be object or array: %!w(<nil>)")]
    [InlineData("{}", """[{"op":"replace","path":"","value":null}]""", "replace operation value must be object or array: %!w(<nil>)")]
    // 12.4
    [InlineData("{}", """[{"op":"remove","path":"/x"}]""", "error in remove for path: '/x': Unable to remove nonexistent key: x: missing value")]
    // 12.5
    [InlineData("""{"l":[1]}""", """[{"op":"add","path":"/l/9","value":1}]""", "error in add for path: '/l/9': Unable to access invalid index: 9: invalid index referenced")]
    [InlineData("""{"l":[1]}""", """[{"op":"add","path":"/l/-3","value":1}]""", "error in add for path: '/l/-3': Unable to access invalid index: -3: invalid index referenced")]
    [InlineData("""{"l":[1]}""", """[{"op":"remove","path":"/l/1"}]""", "error in remove for path: '/l/1': Unable to access invalid index: 1: invalid index referenced")]
    [InlineData("""{"l":[1]}""", """[{"op":"remove","path":"/l/-"}]""", "error in remove for path: '/l/-': strconv.Atoi: parsing \"-\": invalid syntax")]
    // 12.6
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/a","value":1.0}]""", "testing value /a failed: test failed")]
    [InlineData("""{"a":"\u003c"}""", """[{"op":"test","path":"/a","value":"\u003C"}]""", "testing value /a failed: test failed")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/a"}]""", "testing value /a failed: test failed")]
    [InlineData("""{"a":[1]}""", """[{"op":"test","path":"/a","value":[1,2]}]""", "testing value /a failed: test failed")]
    [InlineData("{}", """[{"op":"test","path":"/m/x","value":1}]""", "test operation does not apply: is missing path: /m/x: missing value")]
    // 12.7
    [InlineData("{}", """[{"op":"move","from":"/x","path":"/y"}]""", "error in move for path: 'x': Unable to remove nonexistent key: x: missing value")]
    [InlineData("{}", """[{"op":"copy","from":"/x/y","path":"/z"}]""", "copy operation does not apply: doc is missing from path: /x/y: missing value")]
    // 12.8
    [InlineData("""{"m":null}""", """[{"op":"add","path":"/m/x","value":1}]""", "add operation does not apply: doc is missing path: \"/m/x\": missing value")]
    [InlineData("{}", """[{"op":"Add","path":"/x","value":1}]""", "Unexpected kind: Add")]
    [InlineData("{}", """[{"path":"/x"}]""", "Unexpected kind: unknown")]
    [InlineData("{}", """[{"op":"add","value":1}]""", "add operation failed to decode path: missing value")]
    [InlineData("{}", """[{"op":"remove","path":null}]""", "remove operation failed to decode path: missing value")]
    [InlineData("{}", """[{"op":"replace","value":1}]""", "replace operation failed to decode path: operation missing path field: missing value")]
    [InlineData("{}", """[{"op":"replace","path":5,"value":1}]""", "replace operation failed to decode path: json: cannot unmarshal number into Go value of type string")]
    [InlineData("{}", """[{"op":"test","value":1}]""", "test operation failed to decode path: operation missing path field: missing value")]
    [InlineData("{}", """[{"op":"move","path":"/x"}]""", "move operation failed to decode from: operation, missing from field: missing value")]
    [InlineData("{\"a\":1}", """[{"op":"move","from":"/a"}]""", "move operation failed to decode path: operation missing path field: missing value")]
    [InlineData("{}", """[{"op":"copy","path":"/x"}]""", "copy operation failed to decode from: operation, missing from field: missing value")]
    [InlineData("{\"a\":1}", """[{"op":"copy","from":"/a"}]""", "copy operation failed to decode path: missing value")]
    public void Apply_PatchThatDoesNotApply_FailsInTheLibrarysWords(string document, string patch, string message)
    {
        var exception = Assert.Throws<PatchFailedException>(() => Decode(patch).Apply(document));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("{}", "json: cannot unmarshal object into Go value of type jsonpatch.Patch")]
    [InlineData("\"x\"", "json: cannot unmarshal string into Go value of type jsonpatch.Patch")]
    [InlineData("[1]", "json: cannot unmarshal number into Go value of type jsonpatch.Operation")]
    [InlineData("[", "unexpected end of JSON input")]
    [InlineData("x", "invalid character 'x' looking for beginning of value")]
    public void Decode_NotAnArrayOfObjects_IsUndecodable(string patch, string message)
    {
        var exception = Assert.Throws<FormatException>(() => Decode(patch));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Apply_CopiesBeyondTheLimit_FailsAllOfIt()
    {
        // 12.7: the sizes of all copies of a patch count together; "aaaa" is six bytes of JSON.
        var patch = Decode("""[{"op":"copy","from":"/a","path":"/b"},{"op":"copy","from":"/a","path":"/c"}]""");

        var exception = Assert.Throws<PatchFailedException>(() => patch.Apply("""{"a":"aaaa"}""", copyLimit: 10));

        Assert.Equal("Unable to complete the copy, the accumulated size increase of copy is 12, exceeding the limit 10", exception.Message);
        Assert.Contains("\"c\"", patch.Apply("""{"a":"aaaa"}""", copyLimit: 12), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_TestAfterCopyOfHtml_ComparesTheEscapedText()
    {
        // A raw < is escaped when the library copies it, so the copy and its source differ as text (12.6, 12.7).
        const string Patch = """[{"op":"add","path":"/a","value":"<"},{"op":"copy","from":"/a","path":"/b"},{"op":"test","path":"/b","value":"VALUE"}]""";

        Assert.NotNull(Decode(Patch.Replace("VALUE", "\\u003c", StringComparison.Ordinal)).Apply("{}"));
        Assert.Throws<PatchFailedException>(() => Decode(Patch.Replace("VALUE", "<", StringComparison.Ordinal)).Apply("{}"));
    }

    [Fact]
    public void Apply_HalfASurrogatePair_IsReplacedAsInGo() =>
        Assert.Equal("""{"a\uFFFD":1}""", Decode("""[{"op":"add","path":"/a\ud83d","value":1}]""").Apply("{}").Replace("\uFFFD", "\\uFFFD", StringComparison.Ordinal));

    private static JsonPatchV4 Decode(string patch) => JsonPatchV4.Decode(Encoding.UTF8.GetBytes(patch));
}

using System.Text;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Tests.Patching;

/// <summary>RFC 6902 and RFC 6901, case by case, with the messages of the refusals.</summary>
/// <remarks>Covers <see cref="JsonPatch"/>, <see cref="JsonPatchReader"/>, <see cref="PatchDocument"/>, <see cref="PatchNode"/>, <see cref="PatchPlace"/>, <see cref="JsonPointer"/>, <see cref="JsonPatchException"/>.</remarks>
public sealed class JsonPatchConformanceTests
{
    [Theory]

    // add
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":2}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a","value":2}]""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"","value":[]}]""", "[]")]
    [InlineData("[1,2]", """[{"op":"add","path":"/0","value":0}]""", "[0,1,2]")]
    [InlineData("[1,2]", """[{"op":"add","path":"/1","value":0}]""", "[1,0,2]")]
    [InlineData("[1,2]", """[{"op":"add","path":"/2","value":0}]""", "[1,2,0]")]
    [InlineData("[1,2]", """[{"op":"add","path":"/-","value":0}]""", "[1,2,0]")]
    [InlineData("[]", """[{"op":"add","path":"/-","value":null}]""", "[null]")]
    [InlineData("""{"a":{}}""", """[{"op":"add","path":"/a/-","value":1}]""", """{"a":{"-":1}}""")]
    [InlineData("""{"a":{}}""", """[{"op":"add","path":"/a/0","value":1}]""", """{"a":{"0":1}}""")]
    [InlineData("1", """[{"op":"add","path":"","value":2}]""", "2")]

    // remove
    [InlineData("""{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("""{"a":null}""", """[{"op":"remove","path":"/a"}]""", "{}")]
    [InlineData("[1,2,3]", """[{"op":"remove","path":"/1"}]""", "[1,3]")]
    [InlineData("[1,2,3]", """[{"op":"remove","path":"/0"},{"op":"remove","path":"/0"}]""", "[3]")]

    // replace
    [InlineData("""{"a":1,"b":2}""", """[{"op":"replace","path":"/a","value":{"c":3}}]""", """{"a":{"c":3},"b":2}""")]
    [InlineData("[1,2]", """[{"op":"replace","path":"/1","value":null}]""", "[1,null]")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":"x"}]""", "\"x\"")]
    [InlineData("""{"a":null}""", """[{"op":"replace","path":"/a","value":1}]""", """{"a":1}""")]

    // move
    [InlineData("""{"a":1}""", """[{"op":"move","from":"/a","path":"/b"}]""", """{"b":1}""")]
    [InlineData("""{"a":{"b":1},"c":{}}""", """[{"op":"move","from":"/a/b","path":"/c/d"}]""", """{"a":{},"c":{"d":1}}""")]
    [InlineData("[1,2,3]", """[{"op":"move","from":"/0","path":"/2"}]""", "[2,3,1]")]
    [InlineData("[1,2,3]", """[{"op":"move","from":"/2","path":"/0"}]""", "[3,1,2]")]
    [InlineData("[1,2,3]", """[{"op":"move","from":"/0","path":"/-"}]""", "[2,3,1]")]
    [InlineData("""{"a":1}""", """[{"op":"move","from":"/a","path":"/a"}]""", """{"a":1}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"move","from":"/a/b","path":"/a"}]""", """{"a":1}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"move","from":"/a","path":""}]""", """{"b":1}""")]
    [InlineData("""{"a":1,"ab":2}""", """[{"op":"move","from":"/a","path":"/ab"}]""", """{"ab":1}""")]

    // copy
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"}]""", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/a/c"}]""", """{"a":{"b":1,"c":{"b":1}}}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"","path":"/a/c"}]""", """{"a":{"b":1,"c":{"a":{"b":1}}}}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"copy","from":"/a/0","path":"/a/-"}]""", """{"a":[1,1]}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"},{"op":"replace","path":"/a/b","value":2}]""", """{"a":{"b":2},"c":{"b":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"add","path":"/a/x","value":0},{"op":"copy","from":"/a","path":"/c"},{"op":"remove","path":"/a/x"}]""", """{"a":{"b":1},"c":{"b":1,"x":0}}""")]
    [InlineData("""{"a":[[1]]}""", """[{"op":"add","path":"/a/0/-","value":2},{"op":"copy","from":"/a","path":"/c"},{"op":"remove","path":"/a/0/0"}]""", """{"a":[[2]],"c":[[1,2]]}""")]

    // test
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/a","value":1}]""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/a","value":1.0}]""", """{"a":1}""")]
    [InlineData("""{"a":100}""", """[{"op":"test","path":"/a","value":1e2}]""", """{"a":100}""")]
    [InlineData("""{"a":"A"}""", """[{"op":"test","path":"/a","value":"\u0041"}]""", """{"a":"A"}""")]
    [InlineData("""{"a":{"b":1,"c":[2]}}""", """[{"op":"test","path":"/a","value":{"c":[2],"b":1}}]""", """{"a":{"b":1,"c":[2]}}""")]
    [InlineData("""{"a":null}""", """[{"op":"test","path":"/a","value":null}]""", """{"a":null}""")]
    [InlineData("[1]", """[{"op":"test","path":"","value":[1]}]""", "[1]")]

    // pointers
    [InlineData("""{"a/b":1,"m~n":2}""", """[{"op":"remove","path":"/a~1b"},{"op":"replace","path":"/m~0n","value":3}]""", """{"m~n":3}""")]
    [InlineData("""{"~1":1}""", """[{"op":"remove","path":"/~01"}]""", "{}")]
    [InlineData("""{"":1}""", """[{"op":"replace","path":"/","value":2}]""", """{"":2}""")]
    [InlineData("""{"":{"":1}}""", """[{"op":"add","path":"//a","value":2}]""", """{"":{"":1,"a":2}}""")]
    [InlineData("""{"é":1}""", """[{"op":"remove","path":"/\u00e9"}]""", "{}")]
    [InlineData("""{"\u00e9":1,"\"":2}""", """[{"op":"replace","path":"/é","value":3},{"op":"remove","path":"/\""}]""", """{"\u00e9":3}""")]
    [InlineData("""{" ":1,"%41":2}""", """[{"op":"remove","path":"/ "},{"op":"remove","path":"/%41"}]""", "{}")]
    [InlineData("""{"01":1}""", """[{"op":"remove","path":"/01"}]""", "{}")]

    // documents and members
    [InlineData("""{"a":1}""", "[]", """{"a":1}""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/a","value":1,"comment":"x","from":7}]""", """{"a":1}""")]
    [InlineData("""{"a":1,"a":2}""", """[{"op":"replace","path":"/a","value":3}]""", """{"a":3}""")]
    public void Apply_Conforming_GivesTheResult(string document, string patch, string expected) => Assert.Equal(expected, Apply(document, patch));

    [Theory]
    [InlineData("{}", """[{"op":"add","path":"/a/b","value":1}]""", "operation 0 on \"/a/b\": member \"a\" does not exist")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a/b","value":1}]""", "operation 0 on \"/a/b\": its parent is neither an object nor an array")]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/a/b/c","value":1}]""", "operation 0 on \"/a/b/c\": there is nothing below a plain value at \"b\"")]
    [InlineData("""{"a":null}""", """[{"op":"add","path":"/a/b","value":1}]""", "operation 0 on \"/a/b\": its parent is neither an object nor an array")]
    [InlineData("[1]", """[{"op":"add","path":"/2","value":1}]""", "operation 0 on \"/2\": \"2\" is not an index into a list of 1")]
    [InlineData("[1]", """[{"op":"add","path":"/-1","value":1}]""", "operation 0 on \"/-1\": \"-1\" is not an index into a list of 1")]
    [InlineData("[1]", """[{"op":"add","path":"/00","value":1}]""", "operation 0 on \"/00\": \"00\" is not an index into a list of 1")]
    [InlineData("[1]", """[{"op":"add","path":"/1e0","value":1}]""", "operation 0 on \"/1e0\": \"1e0\" is not an index into a list of 1")]
    [InlineData("[1]", """[{"op":"add","path":"/a","value":1}]""", "operation 0 on \"/a\": \"a\" is not an index into a list of 1")]
    [InlineData("[1]", """[{"op":"add","path":"/","value":1}]""", "operation 0 on \"/\": \"\" is not an index into a list of 1")]
    [InlineData("[1]", """[{"op":"add","path":"/4294967296","value":1}]""", "operation 0 on \"/4294967296\": \"4294967296\" is not an index into a list of 1")]
    [InlineData("[[1]]", """[{"op":"add","path":"/1/0","value":1}]""", "operation 0 on \"/1/0\": element \"1\" does not exist in a list of 1")]
    [InlineData("{}", """[{"op":"remove","path":"/a"}]""", "operation 0 on \"/a\": member \"a\" does not exist")]
    [InlineData("{}", """[{"op":"remove","path":""}]""", "operation 0 on \"\": the whole document cannot be removed")]
    [InlineData("[1]", """[{"op":"remove","path":"/1"}]""", "operation 0 on \"/1\": element \"1\" does not exist in a list of 1")]
    [InlineData("[1]", """[{"op":"remove","path":"/-"}]""", "operation 0 on \"/-\": element \"-\" does not exist in a list of 1")]
    [InlineData("{}", """[{"op":"replace","path":"/a","value":1}]""", "operation 0 on \"/a\": member \"a\" does not exist")]
    [InlineData("[1]", """[{"op":"replace","path":"/-","value":1}]""", "operation 0 on \"/-\": element \"-\" does not exist in a list of 1")]
    [InlineData("{}", """[{"op":"move","from":"/a","path":"/b"}]""", "operation 0 on \"/a\": member \"a\" does not exist")]
    [InlineData("""{"a":{}}""", """[{"op":"move","from":"/a","path":"/a/b"}]""", "operation 0 on \"/a/b\": a value cannot be moved into itself (from \"/a\")")]
    [InlineData("{}", """[{"op":"copy","from":"/a","path":"/b"}]""", "operation 0 on \"/a\": member \"a\" does not exist")]
    [InlineData("{}", """[{"op":"test","path":"/a","value":null}]""", "operation 0 on \"/a\": member \"a\" does not exist")]
    [InlineData("""{"a":"1"}""", """[{"op":"test","path":"/a","value":1}]""", "operation 0 on \"/a\": the value is not the one tested for")]
    [InlineData("""{"a":[1,2]}""", """[{"op":"test","path":"/a","value":[2,1]}]""", "operation 0 on \"/a\": the value is not the one tested for")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"test","path":"/a","value":{}}]""", "operation 0 on \"/a\": the value is not the one tested for")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/a","value":1},{"op":"remove","path":"/b"}]""", "operation 1 on \"/b\": member \"b\" does not exist")]
    [InlineData("""{"a":1}""", """[{"op":"remove","path":"a"}]""", "operation 0 on \"a\": it is not a JSON Pointer")]
    [InlineData("""{"a~":1}""", """[{"op":"remove","path":"/a~"}]""", "operation 0 on \"/a~\": it is not a JSON Pointer")]
    [InlineData("""{"a~2":1}""", """[{"op":"remove","path":"/a~2"}]""", "operation 0 on \"/a~2\": it is not a JSON Pointer")]
    [InlineData("""{"a":1}""", """[{"op":"copy","from":"x","path":"/b"}]""", "operation 0 on \"x\": it is not a JSON Pointer")]
    [InlineData("""{"a":1}""", """[{"op":"remove","path":"/A"}]""", "operation 0 on \"/A\": member \"A\" does not exist")]
    public void Apply_DoesNotApply_SaysWhichOperationWhereAndWhy(string document, string patch, string message) =>
        Assert.Equal(message, Assert.Throws<JsonPatchException>(() => Apply(document, patch)).Message);

    [Theory]
    [InlineData("{}", "it is not an array of operations")]
    [InlineData("null", "it is not an array of operations")]
    [InlineData("[1]", "operation 0 is not an object")]
    [InlineData("""[{"path":"/a","value":1}]""", "operation 0 has no op")]
    [InlineData("""[{"op":"add","value":1}]""", "operation 0 has no path")]
    [InlineData("""[{"op":"add","path":"/a"}]""", "operation 0 (add) has no value")]
    [InlineData("""[{"op":"replace","path":"/a"}]""", "operation 0 (replace) has no value")]
    [InlineData("""[{"op":"test","path":"/a"}]""", "operation 0 (test) has no value")]
    [InlineData("""[{"op":"move","path":"/a"}]""", "operation 0 (move) has no from")]
    [InlineData("""[{"op":"copy","path":"/a"}]""", "operation 0 (copy) has no from")]
    [InlineData("""[{"op":"remove","path":"/a"},{"op":"Add","path":"/a","value":1}]""", "operation 1 has the unknown op \"Add\"")]
    [InlineData("""[{"op":1,"path":"/a"}]""", "op of operation 0 is not a string")]
    [InlineData("""[{"op":"add","path":null,"value":1}]""", "path of operation 0 is not a string")]
    [InlineData("""[{"op":"copy","path":"/a","from":["/b"]}]""", "from of operation 0 is not a string")]
    public void Parse_Malformed_SaysWhy(string patch, string reason)
    {
        var exception = Assert.Throws<JsonPatchException>(() => JsonPatch.Parse(Encoding.UTF8.GetBytes(patch)));

        Assert.Equal((null, null, reason), (exception.OperationIndex, exception.Path, exception.Reason));
        Assert.Equal("the patch is malformed: " + reason, exception.Message);
    }

    private static string Apply(string document, string patch) =>
        Encoding.UTF8.GetString(JsonPatch.Parse(Encoding.UTF8.GetBytes(patch)).Apply(Encoding.UTF8.GetBytes(document)));
}

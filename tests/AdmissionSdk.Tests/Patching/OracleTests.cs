using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Tests.Patching.Support;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Pins the faults of the other engine. If one of these fails, the fault has been mended, and its exception in the properties can go.</summary>
/// <remarks>Covers <see cref="JsonPatch"/>, <see cref="JsonPointer"/>.</remarks>
public sealed class OracleTests
{
    [Theory]
    [InlineData("""{"m":{"a":1}}""", """[{"op":"add","path":"/m/","value":"x"}]""", """{"m":"x"}""", """{"m":{"a":1,"":"x"}}""")]
    [InlineData("""{"m":{"":{}}}""", """[{"op":"add","path":"/m//a","value":1}]""", """{"m":{"":{},"a":1}}""", """{"m":{"":{"a":1}}}""")]
    public void Apply_EmptySegment_TheOracleGivesSomethingElse(string document, string patch, string theirs, string ours)
    {
        Assert.Equal(theirs, Oracle.Apply(Encoding.UTF8.GetBytes(document), patch).ToJsonString());
        Assert.Equal(ours, Ours(document, patch));
    }

    [Fact]
    public void Apply_OnlyAnEmptySegment_TheOracleThrows()
    {
        Assert.ThrowsAny<Exception>(() => Oracle.Apply("""{"":1}"""u8.ToArray(), """[{"op":"replace","path":"/","value":2}]"""));
        Assert.Equal("""{"":2}""", Ours("""{"":1}""", """[{"op":"replace","path":"/","value":2}]"""));
    }

    private static string Ours(string document, string patch) =>
        JsonNode.Parse(JsonPatch.Parse(Encoding.UTF8.GetBytes(patch)).Apply(Encoding.UTF8.GetBytes(document)))!.ToJsonString();
}

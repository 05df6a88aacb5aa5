using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Serialization.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization;

/// <summary>The JSON options of handlers' objects.</summary>
/// <remarks>Covers <see cref="ObjectJson"/>, <see cref="LenientMembers"/>, <see cref="LenientNumberConverter{T}"/>, <see cref="NullAsDefaultConverter{T}"/>.</remarks>
public sealed class ObjectJsonTests
{
    [Fact]
    public void CreateOptions_AreReadOnlyAndOurOwn()
    {
        JsonSerializerOptions? shared = null;
        KubernetesJson.AddJsonOptions(options => shared = options);

        Assert.True(ObjectJson.Default.IsReadOnly);
        Assert.NotSame(shared, ObjectJson.Default);
        Assert.Equal(1000, ObjectJson.Default.MaxDepth);
        Assert.Equal(50, ObjectJson.CreateOptions(userResolver: null, maxDepth: 50).MaxDepth);
    }

    [Fact]
    public void CreateOptions_UserResolver_ComesFirst()
    {
        var asked = new List<Type>();
        var options = ObjectJson.CreateOptions(new Recorder(asked));

        Assert.NotNull(options.GetTypeInfo(typeof(Specimen)));
        Assert.Contains(typeof(Specimen), asked);
    }

    [Fact]
    public void Read_ExplicitNulls_AreDefaults()
    {
        var read = Json.Read<Specimen>("""
            {"required":1,"bool":null,"byte":null,"sByte":null,"short":null,"uShort":null,"int":null,"uInt":null,"long":null,"uLong":null,"float":null,
             "double":null,"decimal":null,"guid":null,"date":null,"offset":null,"nullable":null,"any":0}
            """);

        Assert.Equal(Json.Write(new Specimen { Required = 1, Any = JsonDocument.Parse("0").RootElement }), Json.Write(read));
    }

    [Fact]
    public void Read_Values_AreWhatTheyAre()
    {
        const string json =
            """{"bool":true,"byte":1,"sByte":-1,"short":-2,"uShort":2,"int":-3,"uInt":3,"long":-4,"uLong":4,"float":1.5,"double":2.5,"decimal":3.5,"guid":"7a3c9f60-6c1b-4f6e-9a38-0a6b8f9c2d11","date":"2026-01-01T00:00:00.000000Z","offset":"2026-01-01T00:00:00.000000Z","nullable":5,"lenient":6,"required":7,"byNumber":{"8":"x"},"any":{"a":1.50},"unknown":[1.0]}""";

        Assert.Equal(json, Json.Write(Json.Read<Specimen>(json)));
    }

    [Theory]
    [InlineData("99999999999", "\"byte\":255,\"sByte\":127,\"short\":32767,\"uShort\":65535,\"int\":2147483647,\"uInt\":4294967295,\"nullable\":2147483647")]
    [InlineData("-99999999999", "\"byte\":0,\"sByte\":-128,\"short\":-32768,\"uShort\":0,\"int\":-2147483648,\"uInt\":0,\"nullable\":-2147483648")]
    [InlineData("1e400", "\"long\":9223372036854775807,\"uLong\":18446744073709551615,\"float\":3.4028235E+38,\"double\":1.7976931348623157E+308,\"decimal\":79228162514264337593543950335")]
    [InlineData("-1e400", "\"long\":-9223372036854775808,\"uLong\":0,\"float\":-3.4028235E+38,\"double\":-1.7976931348623157E+308,\"decimal\":-79228162514264337593543950335")]
    [InlineData("9223372036854775808", "\"long\":9223372036854775807,\"nullable\":2147483647")]
    [InlineData("1.0", "\"int\":1,\"long\":1,\"nullable\":1")]
    [InlineData("1e2", "\"int\":100,\"uLong\":100,\"nullable\":100")]
    public void Read_NumberOutOfRange_IsTheNearest(string number, string expected)
    {
        using var members = JsonDocument.Parse("{" + expected + "}");
        foreach (var member in members.RootElement.EnumerateObject())
        {
            using var written = JsonDocument.Parse(Json.Write(Json.Read<Specimen>($$"""{"required":1,"any":0,"{{member.Name}}":{{number}}}""")));

            Assert.Equal(member.Value.GetRawText(), written.RootElement.GetProperty(member.Name).GetRawText());
        }
    }

    [Theory]
    [InlineData("int", "1.5")]
    [InlineData("nullable", "1.5")]
    [InlineData("int", "\"1\"")]
    [InlineData("nullable", "true")]
    public void Read_NoIntegerAtAll_Throws(string member, string value) =>
        Assert.ThrowsAny<JsonException>(() => Json.Read<Specimen>($$"""{"required":1,"any":0,"{{member}}":{{value}}}"""));

    [Fact]
    public void Read_NumberHandlingOfTheUsersOwn_StillWorks() =>
        Assert.Equal(12, Json.Read<Specimen>("""{"required":1,"lenient":"12"}""").Lenient);

    [Fact]
    public void Write_ComputedMember_IsLeftOut() => Assert.DoesNotContain("computed", Json.Write(new Specimen { Required = 1, Any = JsonDocument.Parse("1").RootElement }), StringComparison.Ordinal);

    [Fact]
    public void Read_PodOfYearZero_IsDecoded()
    {
        var pod = Json.Read<V1Pod>("""{"spec":{"containers":[]},"status":{"startTime":"0000-01-01T00:00:00Z"}}""");

        Assert.Equal(DateTime.MinValue, pod.Status.StartTime);
    }

    [Fact]
    public void Write_Null_IsLeftOut() => Assert.Equal("""{"name":"a"}""", Json.Write(new V1Container { Name = "a" }));

    private sealed class Recorder(List<Type> asked) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            asked.Add(type);
            return null;
        }
    }
}

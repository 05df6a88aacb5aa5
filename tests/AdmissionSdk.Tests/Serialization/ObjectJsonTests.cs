using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Serialization;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization;

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

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AdmissionSdk.Reviews;
using AdmissionSdk.Serialization;
using AdmissionSdk.WarmUp;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Tests.WarmUp;

/// <summary>Objects that are made up from the metadata of their types.</summary>
/// <remarks>Covers <see cref="SampleObject"/>, <see cref="SampleReview"/>.</remarks>
public sealed class SampleObjectTests
{
    public static TheoryData<Type> Kinds() =>
    [
        .. typeof(V1Pod).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(IKubernetesObject<V1ObjectMeta>))),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_EveryKind_IsReadAndWritten(Type kind)
    {
        var info = ObjectJson.Default.GetTypeInfo(kind);
        var sample = SampleObject.Create(ObjectJson.Default, kind);

        var model = JsonSerializer.Deserialize(sample, info)!;
        var again = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(model, info))!;

        // Every member is there, so every member was met.
        var names = info.Properties.Select(property => property.Name).ToHashSet();
        Assert.Superset(names, again.AsObject().Select(member => member.Key).ToHashSet());
    }

    [Fact]
    public void Create_Pod_MeetsEveryTypeBelow()
    {
        var pod = JsonSerializer.Deserialize<V1Pod>(SampleObject.Create(ObjectJson.Default, typeof(V1Pod)), ObjectJson.Default)!;

        var container = Assert.Single(pod.Spec.Containers);
        Assert.Equal(("sample", "1"), (container.Image, container.Resources.Limits["sample"].ToString()));
        Assert.Equal("1", container.Lifecycle.PostStart.HttpGet.Port.ToString());
        Assert.NotNull(Assert.Single(pod.Spec.Volumes).ConfigMap);
    }

    [Fact]
    public void Create_TypeThatHoldsItself_Ends()
    {
        var definition = JsonSerializer.Deserialize<V1CustomResourceDefinition>(SampleObject.Create(ObjectJson.Default, typeof(V1CustomResourceDefinition)), ObjectJson.Default)!;

        Assert.NotNull(Assert.Single(definition.Spec.Versions).Schema.OpenAPIV3Schema.Not);
    }

    [Theory]
    [InlineData(typeof(JsonObject))]
    [InlineData(typeof(object))]
    [InlineData(typeof(Converted))]
    public void Create_TypeWithoutMembers_IsTheLeast(Type type) =>
        Assert.True(SampleObject.Least.SequenceEqual(SampleObject.Create(ObjectJson.Default, type)));

    [Fact]
    public void Review_OfASample_IsAReview()
    {
        var request = AdmissionReviewReader.Read(SampleReview.Create(SampleObject.Least));

        Assert.Equal((Operation.Create, "sample", true), (request.Operation, request.Name, request.DryRun));
        Assert.True(SampleObject.Least.SequenceEqual(request.Object.Span));
    }

    [JsonConverter(typeof(Converter))]
    private sealed class Converted;

    private sealed class Converter : JsonConverter<Converted>
    {
        public override Converted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return new();
        }

        public override void Write(Utf8JsonWriter writer, Converted value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}

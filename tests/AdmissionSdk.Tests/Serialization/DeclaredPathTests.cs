using System.Text.Json;
using AdmissionSdk.Serialization;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization;

/// <summary>The path of a field that cannot be read has the words of the type, and none of the requester's.</summary>
/// <remarks>Covers <see cref="DeclaredPath"/>, <see cref="UndecodableObjectException"/>.</remarks>
public sealed class DeclaredPathTests
{
    [Theory]
    [InlineData("""{"spec":7}""", "spec")]
    [InlineData("""{"spec":{"containers":[{},{"image":7}]}}""", "spec.containers[1].image")]
    [InlineData("""{"spec":{"containers":[{"resources":{"limits":{"hunter2":"x y"}}}]}}""", "spec.containers[0].resources.limits[*]")]
    [InlineData("""{"metadata":{"labels":{"a.b/hunter2']":7}}}""", "metadata.labels[*]")]
    [InlineData("""{"metadata":{"managedFields":[{"fieldsV1":{},"time":"hunter2"}]}}""", "metadata.managedFields[0].time")]
    [InlineData("7", "")]
    [InlineData("""{"spec":""", "spec")]
    public void Of_PathOfAnError_HasDeclaredMembersOnly(string json, string expected)
    {
        var exception = Assert.ThrowsAny<JsonException>(() => AdmissionJson.Default.Deserialize<V1Pod>(json));

        Assert.Equal(expected, DeclaredPath.Of(exception.Path, typeof(V1Pod), AdmissionJson.Default.Options));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("$.hunter2")]
    [InlineData("$[")]
    [InlineData("$['")]
    [InlineData("$['']")]
    [InlineData("hunter2")]
    public void Of_PathThatIsNotOfTheType_IsEmpty(string? path) => Assert.Equal("", DeclaredPath.Of(path, typeof(V1Pod), AdmissionJson.Default.Options));

    [Fact]
    public void Of_PathInATypeThatContainsItself_IsCut()
    {
        var path = "$.spec.validation.openAPIV3Schema" + string.Concat(Enumerable.Repeat(".not", 500));

        Assert.InRange(DeclaredPath.Of(path.Replace(".validation", ".versions[0].schema", StringComparison.Ordinal), typeof(V1CustomResourceDefinition), AdmissionJson.Default.Options).Length, 50, 201);
    }
}

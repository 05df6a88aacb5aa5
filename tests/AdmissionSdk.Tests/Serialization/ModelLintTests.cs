using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Properties;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization;

public sealed class ModelLintTests
{
    [Fact]
    public void OptionalNonNullableMembers_UsersType_AreNamedWithTheirPath() =>
        Assert.Equal(["spec.level"], ModelLint.OptionalNonNullableMembers(Json.Info<Widget>()));

    [Fact]
    public void OptionalNonNullableMembers_AllSorts_LeavesOutRequiredNullableAndFreeForm() => Assert.Equal(
        [
            "bool", "byte", "sByte", "short", "uShort", "int", "uInt", "long", "uLong", "float", "double", "decimal", "guid", "date", "offset", "lenient",
            "parts[].weight",
        ],
        ModelLint.OptionalNonNullableMembers(Json.Info<Specimen>()));

    [Fact]
    public void OptionalNonNullableMembers_BuiltInKind_AreNone() => Assert.Empty(ModelLint.OptionalNonNullableMembers(Json.Info<V1Pod>()));
}

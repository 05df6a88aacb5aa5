using AdmissionSdk.Linting;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;
using AdmissionSdk.Tests.Serialization.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Linting;

/// <summary>Members of a type that JSON may lack and C# cannot.</summary>
/// <remarks>Covers <see cref="OptionalMembers"/>.</remarks>
public sealed class OptionalMembersTests
{
    [Fact]
    public void Find_UsersType_NamesThemWithTheirPath() => Assert.Equal(["spec.level"], OptionalMembers.Find(typeof(Widget), ObjectJson.Default));

    [Fact]
    public void Find_AllSorts_LeavesOutRequiredNullableAndFreeForm() => Assert.Equal(
        [
            "bool", "byte", "sByte", "short", "uShort", "int", "uInt", "long", "uLong", "float", "double", "decimal", "guid", "date", "offset", "lenient",
            "parts[].weight",
        ],
        OptionalMembers.Find(typeof(Specimen), ObjectJson.Default));

    [Fact]
    public void Find_BuiltInKind_AreNone() => Assert.Empty(OptionalMembers.Find(typeof(V1Pod), ObjectJson.Default));
}

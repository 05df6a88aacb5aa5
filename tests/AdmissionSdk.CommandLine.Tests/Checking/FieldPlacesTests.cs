using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Tests.Checking;

/// <remarks>Covers <see cref="FieldPlaces"/>.</remarks>
public sealed class FieldPlacesTests
{
    private const string Manifest = "metadata:\n  labels:\n    a/b~c: x\nspec:\n  containers:\n  - image: a\n";

    [Theory]
    [InlineData("/metadata/labels/a~1b~0c", 3)]
    [InlineData("/spec/containers/0/image", 6)]
    [InlineData("/spec/containers/0/missing", 6)]
    [InlineData("/spec/containers/7", 6)]
    [InlineData("", 1)]
    public void FindByPointer_Field_IsTheNodeOrTheNearestAbove(string pointer, int line) =>
        Assert.Equal(line, FieldPlaces.FindByPointer(Read(), pointer).Line);

    [Theory]
    [InlineData("metadata.labels[a/b~c]", 3)]
    [InlineData("spec.containers[0].image", 6)]
    [InlineData("spec.missing", 5)]
    public void FindByField_Field_IsTheNodeOrTheNearestAbove(string field, int line) =>
        Assert.Equal(line, FieldPlaces.FindByField(Read(), field).Line);

    [Theory]
    [InlineData("/metadata/labels/a~1b~0c", "metadata.labels[a/b~c]")]
    [InlineData("/spec/containers/0/image", "spec.containers[0].image")]
    [InlineData("/spec/containers/-", "spec.containers[-]")]
    public void ToReadable_Pointer_IsTheFieldAsPeopleReadIt(string pointer, string expected) => Assert.Equal(expected, FieldPlaces.ToReadable(pointer));

    private static YamlMapping Read() => (YamlMapping)YamlReader.Read(Manifest).Single()!;
}

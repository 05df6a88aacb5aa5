using ImageRegistryWebhook.Admission;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Admission;

/// <remarks>Covers <see cref="AuditKeys"/>.</remarks>
public sealed class AuditKeysTests
{
    [Theory]
    [InlineData("spec", "denied.spec.ephemeralContainers.0.image")]
    [InlineData("spec.jobTemplate.spec.template.spec", "denied.spec.template.spec.ephemeralContainers.0.image")]
    public void Of_Field_IsItsPathOrThePathsEnd(string path, string expected) => Assert.Equal(expected, AuditKeys.Of(Fields(path).First(), "denied"));

    [Fact]
    public void Of_ManyFieldsOfTheDeepestTemplate_AreKeysOfTheirOwn()
    {
        var keys = Fields("spec.jobTemplate.spec.template.spec").Select(field => AuditKeys.Of(field, "rewritten")).ToList();

        Assert.Equal(200, keys.Distinct().Count());
        Assert.All(keys, key => Assert.InRange(key.Length, 1, 63));
    }

    private static IEnumerable<ImageField> Fields(string path) => PodImages.Of(
        new V1PodSpec { EphemeralContainers = [.. Enumerable.Range(0, 200).Select(number => new V1EphemeralContainer { Name = $"c{number}", Image = "nginx" })] }, path);
}

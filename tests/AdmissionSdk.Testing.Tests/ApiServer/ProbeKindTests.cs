using AdmissionSdk.Testing.ApiServer;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>The choice of a kind for probes.</summary>
/// <remarks>Covers <see cref="ProbeKind"/>.</remarks>
public sealed class ProbeKindTests
{
    [Theory]
    [InlineData("", "pods", "leases")]
    [InlineData("coordination.k8s.io", "leases", "configmaps")]
    [InlineData("coordination.k8s.io", "*", "configmaps")]
    [InlineData("coordination.k8s.io", "leases/*", "configmaps")]
    [InlineData("coordination.k8s.io", "*/*", "configmaps")]
    [InlineData("*", "leases", "configmaps")]
    [InlineData("*", "*", "leases")]
    [InlineData("*", "*/*", "leases")]
    [InlineData("coordination.k8s.io", "leases/status", "leases")]
    public void Choose_OneRule_TakesAKindItDoesNotName(string group, string resource, string expected) =>
        Assert.Equal(expected, ProbeKind.Choose([Rule(group, resource)]).Resource);

    [Fact]
    public void Choose_SeveralRules_AvoidsThemAll() =>
        Assert.Equal("priorityclasses", ProbeKind.Choose([Rule("coordination.k8s.io", "leases"), Rule("", "*")]).Resource);

    private static V1RuleWithOperations Rule(string group, string resource) =>
        new() { ApiGroups = [group], ApiVersions = ["*"], Resources = [resource], Operations = ["CREATE"] };
}

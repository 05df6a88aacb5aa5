using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Matching;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Matching;

/// <summary>Rules (contract 2.1–2.3).</summary>
/// <remarks>Covers <see cref="RuleMatcher"/>, <see cref="AdmissionAttributes"/>.</remarks>
public class RuleMatcherTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "status", false)]
    [InlineData("pods", "", true)]
    [InlineData("pods", "status", false)]
    [InlineData("pods/*", "", true)]
    [InlineData("pods/*", "status", true)]
    [InlineData("pods/status", "status", true)]
    [InlineData("pods/status", "", false)]
    [InlineData("*/scale", "scale", true)]
    [InlineData("*/scale", "", false)]
    [InlineData("*/*", "", true)]
    [InlineData("*/*", "exec", true)]
    [InlineData("Pods", "", false)]
    public void Matches_ResourcePattern_Literally(string pattern, string subresource, bool expected) =>
        Assert.Equal(expected, Matches(Rule(resource: pattern), Pods(subresource: subresource)));

    [Theory]
    [InlineData("CREATE", "", "v1", true)]
    [InlineData("UPDATE", "", "v1", false)]
    [InlineData("*", "*", "*", true)]
    [InlineData("create", "", "v1", false)]
    [InlineData("CREATE", "apps", "v1", false)]
    [InlineData("CREATE", "", "v2", false)]
    public void Matches_OperationGroupVersion_AllCount(string operation, string group, string version, bool expected) =>
        Assert.Equal(expected, Matches(Rule(operation, group, version), Pods()));

    [Theory]
    [InlineData(null, "default", true)]
    [InlineData("*", "", true)]
    [InlineData("Namespaced", "default", true)]
    [InlineData("Namespaced", "", false)]
    [InlineData("Cluster", "default", false)]
    [InlineData("Cluster", "", true)]
    public void Matches_Scope_GoesByTheRequestsNamespace(string? scope, string @namespace, bool expected) =>
        Assert.Equal(expected, Matches(Rule(scope: scope), Pods(@namespace)));

    [Theory]
    [InlineData("Namespaced", false)]
    [InlineData("Cluster", true)]
    public void Matches_Namespaces_AreClusterScopedThoughTheyCarryANamespace(string scope, bool expected)
    {
        var attributes = Attributes(new ResourceInfo("", "v1", "Namespace", "namespaces", false), "team", "");

        Assert.Equal(expected, RuleMatcher.Matches(Rule(resource: "namespaces", scope: scope), attributes, "", "v1", "namespaces"));
    }

    private static bool Matches(V1RuleWithOperations rule, AdmissionAttributes attributes) => RuleMatcher.Matches(rule, attributes, "", "v1", "pods");

    private static V1RuleWithOperations Rule(string operation = "CREATE", string group = "", string version = "v1", string resource = "pods", string? scope = null) =>
        new() { Operations = [operation], ApiGroups = [group], ApiVersions = [version], Resources = [resource], Scope = scope };

    private static AdmissionAttributes Pods(string @namespace = "default", string subresource = "") =>
        Attributes(new ResourceInfo("", "v1", "Pod", "pods", true), @namespace, subresource);

    private static AdmissionAttributes Attributes(ResourceInfo resource, string @namespace, string subresource) => new()
    {
        Operation = "CREATE",
        Resource = resource,
        Subresource = subresource,
        Kind = new ObjectKind(resource.Group, resource.Version, resource.Kind),
        Namespace = @namespace,
        Request = new SimulatedRequestOptions(),
    };
}

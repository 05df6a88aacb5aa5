using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Tests.Simulation.Support;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Configuration;

/// <summary>What the API server refuses when a configuration is created (contract 19.2–19.9).</summary>
public class ConfigurationValidatorTests
{
    private static readonly Dictionary<string, (Action<V1MutatingWebhook> Change, string? Violation)> Cases = new()
    {
        ["19.2 two segments"] = (hook => hook.Name = "a.b", "should be a domain with at least three segments separated by dots"),
        ["19.2 no name"] = (hook => hook.Name = null, "webhooks[0].name: Required value"),
        ["19.2 upper case"] = (hook => hook.Name = "A.b.c", "must be a DNS-1123 subdomain"),
        ["19.3 both url and service"] = (hook => hook.ClientConfig.Url = "https://x", "exactly one of url or service is required"),
        ["19.3 neither"] = (hook => hook.ClientConfig.Service = null, "exactly one of url or service is required"),
        ["19.3 http"] = (hook => hook.ClientConfig = new() { Url = "http://x" }, "'https' is the only allowed URL scheme"),
        ["19.3 user info"] = (hook => hook.ClientConfig = new() { Url = "https://u@x" }, "user information is not permitted"),
        ["19.3 fragment"] = (hook => hook.ClientConfig = new() { Url = "https://x/#f" }, "fragments are not permitted"),
        ["19.3 query"] = (hook => hook.ClientConfig = new() { Url = "https://x/?q" }, "query parameters are not permitted"),
        ["19.3 url"] = (hook => hook.ClientConfig = new() { Url = "https://x/Any_Path" }, null),
        ["19.3 no service name"] = (hook => hook.ClientConfig.Service.Name = "", "service name is required"),
        ["19.3 no service namespace"] = (hook => hook.ClientConfig.Service.NamespaceProperty = "", "service namespace is required"),
        ["19.3 port"] = (hook => hook.ClientConfig.Service.Port = 65536, "port is not valid"),
        ["19.3 path without slash"] = (hook => hook.ClientConfig.Service.Path = "a", "must start with a '/'"),
        ["19.3 upper-case segment"] = (hook => hook.ClientConfig.Service.Path = "/mutatePods", "every segment must be a DNS-1123 subdomain"),
        ["19.3 underscore"] = (hook => hook.ClientConfig.Service.Path = "/a_b", "every segment must be a DNS-1123 subdomain"),
        ["19.3 double slash"] = (hook => hook.ClientConfig.Service.Path = "/a//b", "every segment must be a DNS-1123 subdomain"),
        ["19.3 only slashes"] = (hook => hook.ClientConfig.Service.Path = "//", "every segment must be a DNS-1123 subdomain"),
        ["19.3 trailing slash"] = (hook => hook.ClientConfig.Service.Path = "/a/b/", null),
        ["19.3 root"] = (hook => hook.ClientConfig.Service.Path = "/", null),
        ["19.3 no path"] = (hook => hook.ClientConfig.Service.Path = null, null),
        ["19.4 no rules"] = (hook => hook.Rules = [], null),
        ["19.4 no operations"] = (hook => hook.Rules[0].Operations = [], "operations: Required value"),
        ["19.4 unknown operation"] = (hook => hook.Rules[0].Operations = ["GET"], "Unsupported value: \"GET\""),
        ["19.4 star not alone"] = (hook => hook.Rules[0].Operations = ["*", "CREATE"], "if '*' is present"),
        ["19.4 no groups"] = (hook => hook.Rules[0].ApiGroups = [], "apiGroups: Required value"),
        ["19.4 core and star"] = (hook => hook.Rules[0].ApiGroups = ["", "*"], "if '*' is present"),
        ["19.4 empty version"] = (hook => hook.Rules[0].ApiVersions = [""], "must not be empty"),
        ["19.4 scope"] = (hook => hook.Rules[0].Scope = "cluster", "Unsupported value: \"cluster\""),
        ["19.4 no resources"] = (hook => hook.Rules[0].Resources = [], "resources: Required value"),
        ["19.4 everything not alone"] = (hook => hook.Rules[0].Resources = ["*/*", "pods"], "if '*/*' is present"),
        ["19.5 x/* then x/y"] = (hook => hook.Rules[0].Resources = ["pods/*", "pods/status"], "if 'pods/*' is present"),
        ["19.5 x/y then x/*"] = (hook => hook.Rules[0].Resources = ["pods/status", "pods/*"], null),
        ["19.5 */y then x/y"] = (hook => hook.Rules[0].Resources = ["*/scale", "pods/scale"], "if '*/scale' is present"),
        ["19.5 * then plain"] = (hook => hook.Rules[0].Resources = ["*", "pods"], "if '*' is present"),
        ["19.5 plain then *"] = (hook => hook.Rules[0].Resources = ["pods", "*"], null),
        ["19.6 failurePolicy"] = (hook => hook.FailurePolicy = "ignore", "Unsupported value: \"ignore\""),
        ["19.6 matchPolicy"] = (hook => hook.MatchPolicy = "Same", "Unsupported value: \"Same\""),
        ["19.6 reinvocationPolicy"] = (hook => hook.ReinvocationPolicy = "Always", "Unsupported value: \"Always\""),
        ["19.6 no sideEffects"] = (hook => hook.SideEffects = null, "must specify one of None, NoneOnDryRun"),
        ["19.6 sideEffects Some"] = (hook => hook.SideEffects = "Some", "Unsupported value: \"Some\""),
        ["19.6 timeout 0"] = (hook => hook.TimeoutSeconds = 0, "the timeout value must be between 1 and 30 seconds"),
        ["19.6 timeout 31"] = (hook => hook.TimeoutSeconds = 31, "the timeout value must be between 1 and 30 seconds"),
        ["19.7 no versions"] = (hook => hook.AdmissionReviewVersions = [], "must specify one of v1, v1beta1"),
        ["19.7 unknown versions"] = (hook => hook.AdmissionReviewVersions = ["v2"], "must include at least one of v1, v1beta1"),
        ["19.7 unknown beside known"] = (hook => hook.AdmissionReviewVersions = ["v2", "v1"], null),
        ["19.7 twice"] = (hook => hook.AdmissionReviewVersions = ["v1", "v1"], "duplicate version"),
        ["19.7 not a label"] = (hook => hook.AdmissionReviewVersions = ["v1", "1"], "DNS-1035 label"),
        ["19.8 label value"] = (hook => hook.ObjectSelector = new() { MatchLabels = new Dictionary<string, string> { ["a"] = "b c" } }, "Invalid value: \"a=b c\""),
        ["19.8 In without values"] = (hook => hook.NamespaceSelector = new() { MatchExpressions = [new() { Key = "a", OperatorProperty = "In" }] }, "operator \"In\" with 0 values"),
        ["19.8 Exists with values"] = (hook => hook.NamespaceSelector = new() { MatchExpressions = [new() { Key = "a", OperatorProperty = "Exists", Values = ["x"] }] }, "operator \"Exists\" with 1 values"),
        ["19.8 unknown operator"] = (hook => hook.NamespaceSelector = new() { MatchExpressions = [new() { Key = "a", OperatorProperty = "Has" }] }, "operator \"Has\""),
        ["19.9 matchConditions without an evaluator"] = (hook => hook.MatchConditions = [new() { Name = "a", Expression = "true" }], "the simulator has no CEL engine"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Use_Configuration_IsRefusedWithItsViolation(string name)
    {
        var (change, violation) = Cases[name];
        var server = new SimulatedApiServer();
        void Act() => server.Use(new FakeApp().Client, Hook.Configuration("c", Hook.Mutating("a", change)));

        if (violation is null)
        {
            Act();
        }
        else
        {
            Assert.Contains(violation, Assert.Throws<ArgumentException>(Act).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Use_SeveralViolations_ReportsThemAll()
    {
        var exception = Assert.Throws<ArgumentException>(() => new SimulatedApiServer().Use(
            new FakeApp().Client,
            Hook.Configuration("BAD", Hook.Mutating("a", hook => hook.SideEffects = null), Hook.Mutating("a"))));

        Assert.Contains("metadata.name: must be a DNS-1123 subdomain", exception.Message, StringComparison.Ordinal);
        Assert.Contains("webhooks[0].sideEffects", exception.Message, StringComparison.Ordinal);
        Assert.Contains("webhooks[1].name: Duplicate value: \"a.test.example.com\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_StaticSuffix_IsRefused()
    {
        // 18.2
        var exception = Assert.Throws<ArgumentException>(() => new SimulatedApiServer().Use(new FakeApp().Client, Hook.Configuration("x.static.k8s.io", Hook.Mutating("a"))));

        Assert.Contains(".static.k8s.io is reserved", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_ValidatingHookWithReinvocationPolicy_IsRefused()
    {
        const string Yaml = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: { name: c }
            webhooks:
            - name: a.b.c
              reinvocationPolicy: Never
              sideEffects: None
              admissionReviewVersions: [v1]
              clientConfig: { service: { name: s, namespace: n } }
            """;

        Assert.Contains("only mutating webhooks have one", Assert.Throws<ArgumentException>(() => new SimulatedApiServer().Use(new FakeApp().Client, Yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_ManifestsWithoutConfiguration_SaysSo()
        => Assert.Contains("No MutatingWebhookConfiguration", Assert.Throws<ArgumentException>(() => new SimulatedApiServer().Use(new FakeApp().Client, "apiVersion: v1\nkind: Service\n")).Message, StringComparison.Ordinal);
}

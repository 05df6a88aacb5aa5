using System.Text.Json;
using AdmissionSdk.Cel.Compilation;
using AdmissionSdk.Cel.Costs;
using AdmissionSdk.Cel.Kubernetes;
using AdmissionSdk.Cel.Library;
using AdmissionSdk.Cel.Syntax;
using AdmissionSdk.Cel.Tests.Support;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Tests;

/// <summary>Expressions as Kubernetes 1.36 has them stored: value, <c>error:</c>, <c>compile:</c>, <c>cost:</c> or <c>estimate:</c>, each with where the row is from.</summary>
/// <remarks>
/// Covers <see cref="CelEnvironment"/>, <see cref="CelProgram"/>, <see cref="CelInputs"/>, <see cref="KubernetesLanguage"/>, <see cref="RequestTypes"/>, <see cref="LiteralValidator"/>, <see cref="SourceText"/>, <see cref="IssueList"/>,
/// <see cref="AggregateLibrary"/>, <see cref="RegexLibrary"/>, <see cref="RegexTranslator"/>, <see cref="LinearRegex"/>, <see cref="RegexCache"/>, <see cref="UrlLibrary"/>, <see cref="UrlValue"/>, <see cref="NetworkLibrary"/>, <see cref="AddressValue"/>, <see cref="RangeValue"/>,
/// <see cref="QuantityLibrary"/>, <see cref="QuantityValue"/>, <see cref="SemverLibrary"/>, <see cref="SemverValue"/>, <see cref="FormatLibrary"/>, <see cref="FormatValue"/>, <see cref="AuthorizerLibrary"/>, <see cref="AuthorizerValue"/>, <see cref="CelAuthorizationCheck"/>,
/// <see cref="SetLibrary"/>, <see cref="CallCosts"/>, <see cref="CostEstimator"/>, <see cref="SizeRange"/>, <see cref="JsonValues"/>, <see cref="JsonMapValue"/>, <see cref="JsonListValue"/>.
/// </remarks>
public sealed class KubernetesRowTests
{
    private static readonly CelEnvironment Environment = CelEnvironment.ForMatchConditions(new Version(1, 36), CelExpressionOrigin.Stored);

    private static readonly JsonElement Pod = JsonDocument.Parse("""
        {"items": [1, 2], "cpu": "500m",
         "metadata": {"name": "web", "namespace": "default", "creationTimestamp": "2026-01-01T00:00:00Z", "labels": {"app": "web"}},
         "spec": {"replicas": 5, "ratio": 0.5, "flag": true, "nothing": null,
           "containers": [{"name": "main", "image": "nginx:1.25", "resources": {}}, {"name": "side", "image": "busybox"}]}}
        """).RootElement;

    private static readonly JsonElement Request = JsonDocument.Parse("""
        {"kind": {"group": "", "version": "v1", "kind": "Pod"}, "resource": {"group": "", "version": "v1", "resource": "pods"},
         "name": "web", "namespace": "default", "operation": "CREATE", "dryRun": false, "options": {"dryRun": ["All"]},
         "userInfo": {"username": "alice", "groups": ["system:authenticated"], "extra": {"k": ["v"]}}}
        """).RootElement;

    private static readonly CelInputs Inputs = new() { Object = Pod, Request = Request, Authorizer = new FakeAuthorizer() };

    public static TheoryData<string, string, string> All() => Rows.Read("kubernetes.txt");

    [Theory]
    [MemberData(nameof(All))]
    public void Expression_HasItsOutcome(string source, string expression, string outcome)
    {
        var compilation = Environment.CompileAny(expression);
        var (verb, rest) = outcome.Split(": ", 2) is [("error" or "compile" or "cost" or "estimate") and var word, var text] ? (word, text) : ("", outcome);
        if (verb == "compile")
        {
            Assert.StartsWith(rest, compilation.Issues.Count > 0 ? compilation.Issues[0].Message : $"compiles ({source})", StringComparison.Ordinal);
            return;
        }

        Assert.True(compilation.Program is not null, $"{compilation.Message} ({source})");
        var result = compilation.Program.Evaluate(Inputs);
        switch (verb)
        {
            case "error":
                Assert.StartsWith(rest, result.Error ?? $"{result.Value} ({source})", StringComparison.Ordinal);
                break;
            case "cost":
                Assert.Equal(rest, $"{result.Cost}");
                break;
            case "estimate":
                Assert.Equal(rest, $"{compilation.Program.EstimatedCost.Min} {compilation.Program.EstimatedCost.Max}");
                break;
            default:
                Assert.True(result.Error is null, $"{result.Error} ({source})");
                var expected = Environment.CompileAny(outcome).Program!.Evaluate(Inputs).Value!;
                Assert.Equal($"{expected.TypeName} {expected}", $"{result.Value!.TypeName} {result.Value}");
                Assert.True(result.Value.EqualTo(expected));
                break;
        }
    }
}

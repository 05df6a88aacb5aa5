using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Conditions;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Conditions;

/// <summary>Match conditions of a registration: those that do not compile, say nothing, or cost too much.</summary>
/// <remarks>Covers <see cref="CelConditionJudge"/>, <see cref="ConditionRequest"/>, <see cref="ServeCheck"/>.</remarks>
public sealed class CelConditionJudgeTests
{
    private const string Name = "guard.registry.example.com";

    private static string Ten(string inner) => $"[1,2,3,4,5,6,7,8,9,10].all(x{inner.Length}, {inner})";

    public static TheoryData<string, string> Expressions => new()
    {
        { "object.metadata.name != 'x'", "" },
        { "has(object.metadata.labels)", "" },
        { "request.userInfo.username != 'x'", "" },
        { "objct.metadata.name != 'x'", "Refused: a does not compile: line 1, column 1: undeclared reference to 'objct' (in container '')" },
        { "true &&\n  request.nam == ''", "Refused: a does not compile: line 2, column 10: undefined field 'nam'" },
        { "object.spec", "Refused: a does not compile: must evaluate to bool but got dyn" },
        { "true", "AlwaysTrue: a is true for every request that the rules let through" },
        { "request.operation in ['CREATE', 'UPDATE']", "AlwaysTrue: a is true for every request that the rules let through" },
        { "request.operation == 'CREATE'", "" },
        { "request.resource.resource == 'pods'", "AlwaysTrue: a is true for every request that the rules let through" },
        { "request.resource.version == 'v1'", "" },
        { "namespaceObject == null", "AlwaysTrue: a is true for every request that the rules let through" },
        { "object != null || true", "AlwaysTrue: a is true for every request that the rules let through" },
        { "request.operation == 'DELETE'", "NeverTrue: a is false for every request that the rules let through" },
        { "request.resource.resource == 'pod'", "NeverTrue: a is false for every request that the rules let through" },
        { "has(request.subResource)", "NeverTrue: a is false for every request that the rules let through" },
        { "object.metadata.name == 'a' && false", "NeverTrue: a is false for every request that the rules let through" },
        { "oldObject == null", "" },
        { Ten(Ten(Ten(Ten(Ten(Ten("object.a == 1")))))), "Costly: a may cost" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Judge_Condition_IsWhatTheRulesMakeOfIt(string expression, string expected)
    {
        var flaws = Judge(webhook => webhook.MatchCondition("a", expression).Handle<V1Pod>(_ => AdmissionResult.Allow()));

        Assert.StartsWith(expected, string.Join("; ", flaws.Select(flaw => $"{flaw.Kind}: {flaw.Message}")), StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, flaws.Count == 0);
    }

    [Fact]
    public void Judge_Exact_KnowsTheVersion() =>
        Assert.Equal(ConditionFlawKind.AlwaysTrue, Judge(webhook => webhook.MatchPolicy(MatchPolicy.Exact).MatchCondition("a", "request.resource.version == 'v1'").Handle<V1Pod>(_ => AdmissionResult.Allow())).Single().Kind);

    [Fact]
    public void Judge_Deletion_HasNoObject() =>
        Assert.Equal(
            ["NeverTrue", "AlwaysTrue"],
            Judge(webhook => webhook.MatchCondition("a", "object != null").MatchCondition("b", "object == null").Handle<V1Pod>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Delete))).Select(flaw => flaw.Kind.ToString()));

    [Fact]
    public void Judge_ManyCostlyConditions_AreOverTheBudgetTogether()
    {
        var costly = Ten(Ten(Ten(Ten(Ten("object.a == 1")))));

        var flaws = Judge(webhook => Enumerable.Range(0, 9).Aggregate(webhook, (builder, i) => builder.MatchCondition($"c{i}", costly)).Handle<V1Pod>(_ => AdmissionResult.Allow()));

        Assert.Contains("2,500,000 is the most", Assert.Single(flaws).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.27", 0)]
    [InlineData("1.33", 1)]
    [InlineData("1.34", 0)]
    public void Judge_Library_IsThatOfTheVersion(string version, int flaws) =>
        Assert.Equal(flaws, Judge(webhook => webhook.MatchCondition("a", "semver(object.a).major() == 1").Handle<V1Pod>(_ => AdmissionResult.Allow()), version).Count);

    [Theory]
    [InlineData("lint", 1, "ADM1035 error")]
    [InlineData("manifests --ca-file none", 2, "")]
    [InlineData("check .", 2, "guard.registry.example.com: the match condition a does not compile: line 1, column 1: undeclared reference to 'objct' (in container '') (Kubernetes 1.37).")]
    [InlineData("serve", 2, "guard.registry.example.com: the match condition a does not compile: line 1, column 1: undeclared reference to 'objct' (in container '') (Kubernetes 1.37).")]
    public async Task Command_ConditionThatDoesNotCompile_SaysSo(string arguments, int code, string message)
    {
        var run = await CommandRun.RunAsync(arguments, webhooks => webhooks.AddValidatingWebhook(Name, webhook => webhook.MatchCondition("a", "objct.x == 1").Handle<V1Pod>(_ => AdmissionResult.Allow())));

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, run.Output + run.Error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ConditionFlaw> Judge(Action<ValidatingWebhookBuilder> configure, string version = "1.37")
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAdmissionWebhooks().AddValidatingWebhook(Name, configure);
        using var provider = services.BuildServiceProvider();
        return new CelConditionJudge().Judge(provider.GetRequiredService<WebhookRegistry>().Webhooks.Single(), Version.Parse(version));
    }
}

using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Tests.Simulation.Support;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Dispatch;

/// <summary>matchConditions with an evaluator of the test's own (contract 3).</summary>
/// <remarks>Covers <see cref="WebhookMatcher"/>, <see cref="MatchVariables"/>, <see cref="IMatchConditionEvaluator"/>.</remarks>
public class MatchConditionTests
{
    [Theory]
    // 3.3: false outweighs errors; an error goes by failurePolicy; all true is a call.
    [InlineData("Fail", "true", "true", WebhookOutcome.Allowed)]
    [InlineData("Fail", "true", "false", WebhookOutcome.Skipped)]
    [InlineData("Fail", "error", "false", WebhookOutcome.Skipped)]
    [InlineData("Fail", "error", "true", WebhookOutcome.HardFailure)]
    [InlineData("Ignore", "error", "true", WebhookOutcome.Skipped)]
    public async Task Create_Conditions_DecideTogether(string policy, string first, string second, WebhookOutcome outcome)
    {
        var response = await RunAsync(new Evaluator(), policy, first, second);

        Assert.Equal(outcome, Assert.Single(response.Trace).Outcome);
        Assert.Equal(outcome == WebhookOutcome.HardFailure ? 403 : 201, response.StatusCode);
    }

    [Fact]
    public async Task Create_ConditionError_IsForbiddenInTheApiServersWords()
    {
        // 3.4
        var response = await RunAsync(new Evaluator(), "Fail", "error");

        Assert.Equal("configmaps \"m\" is forbidden: expression 'error' resulted in error: no such key: x", response.Message);
        Assert.Equal("Forbidden", response.Status!["reason"]!.GetValue<string>());
        Assert.Empty(response.Calls);
    }

    [Fact]
    public async Task Create_Variables_AreThoseOfTheContract()
    {
        // 3.1
        var evaluator = new Evaluator();

        await RunAsync(evaluator, "Fail", "true");

        Assert.Equal(["namespaceObject", "object", "oldObject", "request"], evaluator.Seen!.Select(variable => variable.Key).Order());
        Assert.Equal("ConfigMap", evaluator.Seen!["object"]!["kind"]!.GetValue<string>());
        Assert.Null(evaluator.Seen!["oldObject"]);
        var request = evaluator.Seen!["request"]!.AsObject();
        Assert.Equal("CREATE", request["operation"]!.GetValue<string>());
        Assert.DoesNotContain(request, member => member.Key is "uid" or "object" or "oldObject");
    }

    [Fact]
    public void RegisterWebhooks_ExpressionThatDoesNotCompile_IsRefused()
    {
        // 19.9
        var exception = Assert.Throws<ArgumentException>(() => Server(new Evaluator(), "Fail", "dyn"));

        Assert.Contains("matchConditions[0].expression: Invalid value: compilation failed: must evaluate to bool but got dyn", exception.Message, StringComparison.Ordinal);
    }

    private static Task<SimulatedResponse> RunAsync(Evaluator evaluator, string policy, params string[] expressions) =>
        Server(evaluator, policy, expressions).CreateAsync(TestWebhook.Map("m"));

    private static SimulatedApiServer Server(Evaluator evaluator, string policy, params string[] expressions)
    {
        var server = new SimulatedApiServer(new SimulatedApiServerOptions { MatchConditions = evaluator });
        server.RegisterWebhooks(new FakeApp().On("/v", request => FakeApp.Allow(request)).Client, TestWebhook.Configuration("c", TestWebhook.Validating("v", webhook =>
        {
            webhook.FailurePolicy = policy;
            webhook.MatchConditions = [.. expressions.Select((expression, i) => new V1MatchCondition { Name = $"c{i}", Expression = expression })];
        })));
        return server;
    }

    private sealed class Evaluator : IMatchConditionEvaluator
    {
        public JsonObject? Seen { get; private set; }

        public bool Evaluate(string expression, JsonObject variables)
        {
            Seen = variables;
            return expression == "error" ? throw new InvalidOperationException("no such key: x") : expression == "true";
        }

        public string? Check(string expression) => expression == "dyn" ? "must evaluate to bool but got dyn" : null;
    }
}

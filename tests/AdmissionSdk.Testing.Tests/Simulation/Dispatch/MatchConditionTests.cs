using AdmissionSdk.Cel;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Tests.Simulation.Support;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Dispatch;

/// <summary>matchConditions (contract 3). The agreement scenarios compare many more expressions with a real API server.</summary>
/// <remarks>Covers <see cref="WebhookMatcher"/>, <see cref="MatchVariables"/>, <see cref="ConditionCompiler"/>.</remarks>
public class MatchConditionTests
{
    private const string Error = "object.data.absent == 'x'";
    private const string UsesAuthorizer = "authorizer.group('').resource('secrets').check('list').allowed()";

    [Theory]
    // 3.3: false outweighs errors; an error goes by failurePolicy; all true is a call.
    [InlineData("Fail", "true", "true", WebhookOutcome.Allowed)]
    [InlineData("Fail", "true", "false", WebhookOutcome.Skipped)]
    [InlineData("Fail", Error, "false", WebhookOutcome.Skipped)]
    [InlineData("Fail", Error, "true", WebhookOutcome.HardFailure)]
    [InlineData("Ignore", Error, "true", WebhookOutcome.Skipped)]
    public async Task Create_Conditions_DecideTogether(string policy, string first, string second, WebhookOutcome outcome)
    {
        var response = await RunAsync(new(), policy, first, second);

        Assert.Equal(outcome, Assert.Single(response.Trace).Outcome);
        Assert.Equal(outcome == WebhookOutcome.HardFailure ? 403 : 201, response.StatusCode);
    }

    [Theory]
    [InlineData("Fail", "match condition \"c1\" is false", "true", "object.metadata.name == 'other'")]
    [InlineData("Ignore", "match condition failed under Ignore: expression 'object.data.absent == 'x'' resulted in error: no such key: absent", "true", Error)]
    public async Task Create_SkippedWebhook_NamesTheCondition(string policy, string reason, params string[] expressions)
    {
        var response = await RunAsync(new(), policy, expressions);

        Assert.Contains(reason, response.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ConditionError_IsForbiddenInTheApiServersWords()
    {
        // 3.4
        var response = await RunAsync(new(), "Fail", Error);

        Assert.Equal($"configmaps \"m\" is forbidden: expression '{Error}' resulted in error: no such key: absent", response.Message);
        Assert.Equal("Forbidden", response.Status!["reason"]!.GetValue<string>());
        Assert.Empty(response.Calls);
    }

    [Theory]
    [InlineData(true, "alice get")]
    [InlineData(false, "alice get")]
    public async Task Create_Authorizer_AsksTheDelegate(bool allowed, string asked)
    {
        var seen = "";
        var options = new SimulatedApiServerOptions
        {
            Authorize = (request, check) =>
            {
                seen = $"{request.User} {check.Verb} {check.Resource} {check.Name} {check.Namespace}";
                return new CelAuthorizationDecision(allowed);
            },
        };

        var response = await Server(options, "Fail", "authorizer.requestResource.check('get').allowed()").CreateAsync(TestWebhook.Map("m"), new() { User = "alice" });

        Assert.Equal(allowed ? WebhookOutcome.Allowed : WebhookOutcome.Skipped, Assert.Single(response.Trace).Outcome);
        Assert.Equal($"{asked} configmaps m default", seen);
    }

    [Fact]
    public async Task Create_EightChecks_AreOverTheBudget()
    {
        // 3.5
        var two = $"{UsesAuthorizer} && {UsesAuthorizer}";

        var response = await RunAsync(new() { Authorize = (_, _) => new CelAuthorizationDecision(true) }, "Fail", "false", two, two, two, two);

        Assert.Equal("configmaps \"m\" is forbidden: validation failed due to running out of cost budget, no further validation rules will be run", response.Message);
    }

    [Theory]
    // 19.9, and what the simulator itself cannot do.
    [InlineData("1.37", "object.spec", "Invalid value: \"object.spec\": must evaluate to bool but got dyn")]
    [InlineData("1.37", "objct.spec == 1", "Invalid value: \"objct.spec == 1\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'objct' (in container '')")]
    [InlineData("1.37", "params == null", "undeclared reference to 'params'")]
    [InlineData("1.37", "request.uid == ''", "undefined field 'uid'")]
    [InlineData("1.33", "semver('1.0.0') == semver('1.0.0')", "undeclared reference to 'semver'")]
    [InlineData("1.34", "semver('1.0.0') == semver('1.0.0')", null)]
    [InlineData("1.27", "this is dropped", null)]
    [InlineData("1.37", UsesAuthorizer, "the simulator has no authorizer: answer the checks with SimulatedApiServerOptions.Authorize")]
    public void RegisterWebhooks_Expression_IsJudgedAsInTheVersion(string version, string expression, string? problem)
    {
        var thrown = Record.Exception(() => Server(new() { KubernetesVersion = Version.Parse(version) }, "Fail", "true", expression));

        if (problem is null)
        {
            Assert.Null(thrown);
        }
        else
        {
            Assert.Contains("webhooks[0].matchConditions[1].expression: ", Assert.IsType<ArgumentException>(thrown).Message, StringComparison.Ordinal);
            Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        }
    }

    private static Task<SimulatedResponse> RunAsync(SimulatedApiServerOptions options, string policy, params string[] expressions) =>
        Server(options, policy, expressions).CreateAsync(TestWebhook.Map("m"));

    private static SimulatedApiServer Server(SimulatedApiServerOptions options, string policy, params string[] expressions)
    {
        var server = new SimulatedApiServer(options);
        server.RegisterWebhooks(new FakeApp().On("/v", request => FakeApp.Allow(request)).Client, TestWebhook.Configuration("c", TestWebhook.Validating("v", webhook =>
        {
            webhook.FailurePolicy = policy;
            webhook.MatchConditions = [.. expressions.Select((expression, i) => new V1MatchCondition { Name = $"c{i}", Expression = expression })];
        })));
        return server;
    }
}

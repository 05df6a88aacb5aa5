using System.Text.Json;
using AdmissionSdk;
using AdmissionSdk.Cel;
using AdmissionSdk.Testing;
using AdmissionSdk.Testing.Simulation;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets.Tests.Cel;

/// <summary>The blocks of the package's page and of docs/match-conditions.md.</summary>
/// <remarks>Covers docs/match-conditions.md, <see cref="CelEnvironment"/>, <see cref="CelMatchConditions"/>.</remarks>
public sealed class CelSnippets
{
    private const string Json = """{"metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}}}""";

    [Fact]
    public void Condition_IsCompiledAndEvaluated()
    {
        #region cel-readme
        var environment = CelEnvironment.ForMatchConditions(new Version(1, 36));
        var compilation = environment.Compile("object.metadata.namespace != 'kube-system'");
        var program = compilation.Program ?? throw new InvalidOperationException(compilation.Message);

        using var pod = JsonDocument.Parse(Json);
        var result = program.Evaluate(new CelInputs { Object = pod.RootElement });

        Assert.True(result.Value!.TryGetBoolean(out var matches) && matches);
        Assert.Equal(4, result.Cost);
        #endregion
    }

    [Fact]
    public void Conditions_OfAWebhook_ShareABudget()
    {
        using var pod = JsonDocument.Parse(Json);

        #region cel-conditions
        var environment = CelEnvironment.ForMatchConditions(new Version(1, 36), CelExpressionOrigin.Stored);
        var conditions = new CelMatchConditions(
        [
            ("not-system", environment.Compile("object.metadata.namespace != 'kube-system'").Program!),
            ("opted-in", environment.Compile("object.metadata.?labels[?'images'].orValue('') == 'checked'").Program!),
        ]);

        var outcome = conditions.Evaluate(new CelInputs { Object = pod.RootElement });

        Assert.Equal("opted-in", outcome.ExcludedBy);
        #endregion
    }

    [Fact]
    public async Task Condition_InTheSimulator_SaysWhatItKeptAway()
    {
        #region cel-simulator
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
            .AddValidatingWebhook("guard.registry.example.com", webhook => webhook
                .MatchCondition("opted-in", "object.metadata.?labels[?'images'].orValue('') == 'checked'")
                .Handle<V1Pod>(context => AdmissionResult.Deny("not today"))));
        var server = new SimulatedApiServer(new SimulatedApiServerOptions { KubernetesVersion = new Version(1, 36) });
        server.RegisterWebhooks(host);

        var response = await server.CreateAsync("{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main, image: nginx}]}}");

        Assert.Empty(response.Calls);
        Assert.Contains("match condition \"opted-in\" is false", response.ToString());
        #endregion
    }
}

using System.Text.Json;
using AdmissionSdk.Cel;

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
}

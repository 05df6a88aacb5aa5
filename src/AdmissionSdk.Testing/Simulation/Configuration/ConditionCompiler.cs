using AdmissionSdk.Cel;
using AdmissionSdk.Testing.Rules.Versions;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Configuration;

/// <summary>Compiles match conditions: strictly for a new configuration (contract 19.9), with all that the version knows for a stored one.</summary>
/// <param name="behaviour">The version.</param>
/// <param name="hasAuthorizer">True if checks of <c>authorizer</c> are answered.</param>
internal sealed class ConditionCompiler(ServerBehaviour behaviour, bool hasAuthorizer)
{
    private readonly Lazy<CelEnvironment> _new = new(() => CelEnvironment.ForMatchConditions(behaviour.Version));
    private readonly Lazy<CelEnvironment> _stored = new(() => CelEnvironment.ForMatchConditions(behaviour.Version, CelExpressionOrigin.Stored));

    /// <summary>The reason to refuse an expression of a new configuration, in the API server's words; null to take it.</summary>
    public string? FindProblem(string expression)
    {
        var compilation = _new.Value.Compile(expression);
        return compilation.Message
            ?? (compilation.Program!.Variables.Contains("authorizer") && !hasAuthorizer
                ? "the simulator has no authorizer: answer the checks with SimulatedApiServerOptions.Authorize"
                : null);
    }

    /// <summary>The conditions of a configuration without problems; null if there are none.</summary>
    public CelMatchConditions? Compile(IList<V1MatchCondition>? conditions) =>
        conditions is not { Count: > 0 }
            ? null
            : new CelMatchConditions(conditions.Select(condition => (condition.Name, _stored.Value.Compile(condition.Expression).Program!)));
}

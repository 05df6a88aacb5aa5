using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>
/// Evaluates the CEL expressions of matchConditions. The simulator ships none: without one it refuses a webhook that has
/// matchConditions, rather than match it silently.
/// </summary>
/// <remarks>Members that a later version adds come with a default implementation, so that implementations keep compiling.</remarks>
public interface IMatchConditionEvaluator
{
    /// <summary>Evaluates one expression. An exception is the expression's error and decided by failurePolicy.</summary>
    /// <param name="expression">The CEL text.</param>
    /// <param name="variables">
    /// <c>object</c>, <c>oldObject</c> (null when absent, in the matched kind) and <c>request</c>, which has no uid, object or oldObject;
    /// its <c>resource</c> is the original one even when its <c>kind</c> was converted. <c>namespaceObject</c> is null for webhooks.
    /// </param>
    /// <returns>What the expression says.</returns>
    bool Evaluate(string expression, JsonObject variables);

    /// <summary>Compiles an expression when a configuration is added.</summary>
    /// <param name="expression">The CEL text.</param>
    /// <returns>Why it does not compile to a bool; null (the default) when it does.</returns>
    string? Check(string expression) => null;
}

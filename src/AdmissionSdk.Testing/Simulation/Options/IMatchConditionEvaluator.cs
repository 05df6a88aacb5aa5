using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>
/// Evaluates the CEL expressions of matchConditions. The simulator has no CEL engine: without an evaluator the simulator refuses a webhook that has
/// matchConditions.
/// </summary>
/// <remarks>Members that a later version adds come with a default implementation, so that implementations keep compiling.</remarks>
public interface IMatchConditionEvaluator
{
    /// <summary>Evaluates one expression. An exception is the expression's error, which failurePolicy decides.</summary>
    /// <param name="expression">The CEL text.</param>
    /// <param name="variables">
    /// <c>object</c>, <c>oldObject</c> (null when absent, in the matched kind) and <c>request</c>, which has no uid, object or oldObject;
    /// the request's <c>resource</c> is the original resource, even if the request's <c>kind</c> was converted. <c>namespaceObject</c> is null for webhooks.
    /// </param>
    /// <returns>The value of the expression.</returns>
    bool Evaluate(string expression, JsonObject variables);

    /// <summary>Compiles an expression when a configuration is added.</summary>
    /// <param name="expression">The CEL text.</param>
    /// <returns>The compiler's error; null (the default) if the expression compiles to a bool.</returns>
    string? Check(string expression) => null;
}

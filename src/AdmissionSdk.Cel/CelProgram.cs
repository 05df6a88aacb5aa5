using AdmissionSdk.Cel.Compilation;
using AdmissionSdk.Cel.Costs;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel;

/// <summary>A compiled expression. It keeps no state, and may run on several threads at once.</summary>
public sealed class CelProgram
{
    private readonly CompiledExpression _compiled;
    private readonly IReadOnlyDictionary<string, CelProgram> _variables;

    internal CelProgram(string expression, CompiledExpression compiled, IReadOnlyDictionary<string, CelProgram> variables)
    {
        (Expression, _compiled, _variables) = (expression, compiled, variables);
        EstimatedCost = CostEstimator.Estimate(compiled.Checked!);
    }

    /// <summary>The most that one evaluation may cost in the API server (contract 3.5).</summary>
    public const long CostLimit = 1_000_000;

    /// <summary>The text of the expression.</summary>
    public string Expression { get; }

    /// <summary>The type of the result, as <c>bool</c> or <c>list(string)</c>.</summary>
    public string ResultType => Type.ToString();

    /// <summary>The cost as far as it is known before the expression runs.</summary>
    public CelCostEstimate EstimatedCost { get; }

    /// <summary>The names of the variables that the expression uses, as <c>object</c> or <c>authorizer</c>.</summary>
    public IReadOnlySet<string> Variables => field ??= _compiled.Checked!.FindVariables();

    internal CelType Type => _compiled.Checked!.Type;

    /// <summary>Evaluates the expression.</summary>
    /// <param name="inputs">The values of the variables.</param>
    /// <param name="cancellationToken">Ends the evaluation with the error <c>operation interrupted</c>, as the API server's deadline does.</param>
    /// <returns>The value or the error, with the cost.</returns>
    public CelResult Evaluate(CelInputs inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var source = new ProgramVariables(inputs, _variables);
        var (value, cost) = Run(source, cancellationToken);
        cost += source.CompositionCost;
        return value is ErrorValue error ? new CelResult(null, error.Message, cost) { Unknown = (error as UnknownValue)?.Path } : new CelResult(value, null, cost);
    }

    internal (CelValue Value, long Cost) Run(ProgramVariables source, CancellationToken cancellationToken) =>
        _compiled.Plan!.Run(source, CostLimit, cancellationToken);
}

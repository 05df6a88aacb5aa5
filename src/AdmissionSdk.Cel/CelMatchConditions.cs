namespace AdmissionSdk.Cel;

/// <summary>The match conditions of one webhook, evaluated as the API server does: all of them, with one budget (contract 3.3, 3.5).</summary>
public sealed class CelMatchConditions
{
    /// <summary>The most that all conditions of a webhook may cost for one object.</summary>
    public const long CostLimit = 2_500_000;

    private const string OutOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run";

    private readonly IReadOnlyList<(string Name, CelProgram Program)> _conditions;

    /// <summary>Takes the conditions in their order.</summary>
    /// <param name="conditions">The names and programs.</param>
    public CelMatchConditions(IEnumerable<(string Name, CelProgram Program)> conditions)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        _conditions = [.. conditions];
    }

    /// <summary>Evaluates the conditions for one object.</summary>
    /// <param name="inputs">The values of the variables.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <returns>The outcome. An error counts only if no condition is false.</returns>
    public CelMatchOutcome Evaluate(CelInputs inputs, CancellationToken cancellationToken = default)
    {
        var errors = new List<string>();
        var unknown = new List<CelUnknownCondition>();
        var cost = 0L;
        string? excludedBy = null;
        foreach (var (name, program) in _conditions)
        {
            var result = program.Evaluate(inputs, cancellationToken);
            cost += result.Cost;
            if (cost > CostLimit)
            {
                return new CelMatchOutcome(null, [OutOfBudget], [], cost);
            }

            if (result.Unknown is { } path)
            {
                unknown.Add(new CelUnknownCondition(name, path));
            }
            else if (result.Error is { } error)
            {
                errors.Add($"expression '{program.Expression}' resulted in error: {error}");
            }
            else if (result.Value!.TryGetBoolean(out var matches) && !matches)
            {
                excludedBy ??= name;
            }
        }

        return new CelMatchOutcome(excludedBy, excludedBy is null ? errors : [], excludedBy is null ? unknown : [], cost);
    }
}

using AdmissionSdk.Cel.Evaluation;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel;

/// <summary>The variables of one evaluation; those of <c>variables</c> are expressions, which run when they are first read.</summary>
internal sealed class ProgramVariables(CelInputs inputs, IReadOnlyDictionary<string, CelProgram> variables) : IVariableSource
{
    private readonly Dictionary<string, CelValue> _values = new(StringComparer.Ordinal);

    /// <summary>The cost of the expressions of <c>variables</c>, which is counted apart.</summary>
    public long CompositionCost { get; private set; }

    public CelValue? Find(string name, EvalFrame frame) =>
        name == "variables" && variables.Count > 0 ? new ComposedMapValue(this, frame.CancellationToken) : inputs.Find(name, frame);

    private CelValue? Compose(string name, CancellationToken cancellationToken)
    {
        if (!variables.TryGetValue(name, out var program))
        {
            return null;
        }

        if (!_values.TryGetValue(name, out var value))
        {
            (value, var cost) = program.Run(this, cancellationToken);
            CompositionCost += cost;
            value = value is ErrorValue error ? new ErrorValue($"composited variable \"{name}\" fails to evaluate: {error.Message}") : value;
            _values[name] = value;
        }

        return value;
    }

    private sealed class ComposedMapValue(ProgramVariables owner, CancellationToken cancellationToken) : MapValue
    {
        public override long Count => owner.Names.Count;

        public override IEnumerable<CelValue> Keys => owner.Names.Select(name => new StringValue(name));

        public override CelValue? Find(CelValue key) => key is StringValue name ? owner.Compose(name.Value, cancellationToken) : null;
    }

    private IReadOnlyCollection<string> Names => [.. variables.Keys];
}

using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Evaluation;

/// <summary>The state of one evaluation: variables, loops, and what it has cost.</summary>
internal sealed class EvalFrame(IVariableSource source, int globals, int locals, CancellationToken cancellationToken)
{
    // As often as the API server looks.
    private const int CancellationPeriod = 100;

    private readonly CelValue?[] _globals = new CelValue?[globals];
    private readonly CelValue?[] _locals = new CelValue?[locals];

    private int _iterations;

    public IVariableSource Source { get; } = source;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public long Cost { get; private set; }

    /// <summary>The most that the evaluation may cost; 0 for no limit.</summary>
    public long CostLimit { get; init; }

    /// <summary>The reason why the evaluation ends early, which logic does not absorb.</summary>
    public ErrorValue? Halt { get; private set; }

    /// <summary>The first input that the evaluation read although it is not known.</summary>
    public string? UnknownRead { get; private set; }

    /// <summary>Notes that an unknown input was read. Logic that does not depend on it may go on.</summary>
    public UnknownValue ReadUnknown(string path)
    {
        UnknownRead ??= path;
        return new UnknownValue(path);
    }

    /// <summary>Ends the evaluation, since it asked about the whole of something that is known in part.</summary>
    public void StopAtUnknown(string path) => Halt ??= ReadUnknown(path);

    public void Charge(long cost)
    {
        Cost = Cost + cost < Cost ? long.MaxValue : Cost + cost;
        if (CostLimit > 0 && Cost > CostLimit)
        {
            Halt ??= new ErrorValue("operation cancelled: actual cost limit exceeded");
        }
    }

    /// <summary>Counts a round of a loop; false if the evaluation has to end.</summary>
    public bool GoOn()
    {
        Effort.Spend();
        if (++_iterations % CancellationPeriod == 0 && CancellationToken.IsCancellationRequested)
        {
            Halt ??= new ErrorValue("operation interrupted");
        }

        return Halt is null;
    }

    public CelValue Global(int slot, string name) =>
        _globals[slot] ??= Source.Find(name, this) ?? new ErrorValue($"no such attribute(s): {name}");

    public CelValue? Local(int slot) => _locals[slot];

    public void SetLocal(int slot, CelValue? value) => _locals[slot] = value;
}

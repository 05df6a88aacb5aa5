namespace AdmissionSdk.Cel;

/// <summary>The outcome of one evaluation: a value, or the error in place of one.</summary>
public sealed class CelResult
{
    internal CelResult(CelValue? value, string? error, long cost) => (Value, Error, Cost) = (value, error, cost);

    /// <summary>The value; null after an error.</summary>
    public CelValue? Value { get; }

    /// <summary>Kubernetes' text about what went wrong, as <c>no such key: labels</c>; null if nothing did.</summary>
    public string? Error { get; }

    /// <summary>The path in <see cref="CelInputs.Unknown"/> on which the result depends; null if it depends on none. <see cref="Error"/> says so too.</summary>
    public string? Unknown { get; init; }

    /// <summary>The cost of the evaluation, in the units of the API server's limits.</summary>
    public long Cost { get; }
}

namespace AdmissionSdk.Cel;

/// <summary>The outcome of a webhook's match conditions for one object.</summary>
public sealed class CelMatchOutcome
{
    internal CelMatchOutcome(string? excludedBy, IReadOnlyList<string> errors, IReadOnlyList<CelUnknownCondition> unknown, long cost) =>
        (ExcludedBy, Errors, Unknown, Cost) = (excludedBy, errors, unknown, cost);

    /// <summary>The name of the first condition that is false; null if none is.</summary>
    public string? ExcludedBy { get; }

    /// <summary>Kubernetes' texts of the errors, if no condition is false: with failurePolicy Fail the request is rejected, with Ignore the webhook is not called.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>The conditions that depend on something in <see cref="CelInputs.Unknown"/>, if no condition is false: any of them may exclude the object.</summary>
    public IReadOnlyList<CelUnknownCondition> Unknown { get; }

    /// <summary>The cost of all conditions.</summary>
    public long Cost { get; }

    /// <summary>True if the webhook is called.</summary>
    public bool Matches => ExcludedBy is null && Errors.Count == 0 && Unknown.Count == 0;

    /// <summary>The errors in one text, as the API server joins them: equal ones once.</summary>
    /// <returns>One error as it is, several in brackets.</returns>
    public string ErrorText()
    {
        var distinct = Errors.Distinct(StringComparer.Ordinal).ToList();
        return distinct.Count == 1 ? distinct[0] : $"[{string.Join(", ", distinct)}]";
    }
}

using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.Cluster;

/// <summary>What came of looking something up in the cluster: found, not found, or explicitly unknown.</summary>
/// <typeparam name="T">What was looked for.</typeparam>
public sealed record LookupResult<T>
    where T : class
{
    private LookupResult()
    {
    }

    /// <summary>Which of the three.</summary>
    public LookupStatus Status { get; private init; }

    /// <summary>What was found; null otherwise.</summary>
    public T? Value { get; private init; }

    /// <summary>Why it is unknown, fit for a user's eyes; null otherwise.</summary>
    public string? Reason { get; private init; }

    /// <summary>Something was found.</summary>
    /// <param name="value">It.</param>
    /// <returns>A result with status <see cref="LookupStatus.Found"/>.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "The type argument is what is being looked for; a helper class would only hide it.")]
    public static LookupResult<T> Found(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new() { Status = LookupStatus.Found, Value = value };
    }

    /// <summary>It does not exist.</summary>
    /// <returns>A result with status <see cref="LookupStatus.NotFound"/>.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "As Found.")]
    public static LookupResult<T> NotFound() => new() { Status = LookupStatus.NotFound };

    /// <summary>Nobody knows.</summary>
    /// <param name="reason">Why, fit for a user's eyes.</param>
    /// <returns>A result with status <see cref="LookupStatus.Unknown"/>.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "As Found.")]
    public static LookupResult<T> Unknown(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new() { Status = LookupStatus.Unknown, Reason = reason };
    }
}

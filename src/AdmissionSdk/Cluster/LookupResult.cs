using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.Cluster;

/// <summary>The result of a look-up in the cluster: found, not found, or explicitly unknown.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
public sealed record LookupResult<T>
    where T : class
{
    private LookupResult()
    {
    }

    /// <summary>The outcome: found, not found, or unknown.</summary>
    public LookupStatus Status { get; private init; }

    /// <summary>The object; null unless the status is <see cref="LookupStatus.Found"/>.</summary>
    public T? Value { get; private init; }

    /// <summary>The reason for an unknown outcome, fit for a user's eyes; null otherwise.</summary>
    public string? Reason { get; private init; }

    /// <summary>Makes the result of a look-up that found the object.</summary>
    /// <param name="value">The object.</param>
    /// <returns>A result with status <see cref="LookupStatus.Found"/>.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "The type argument is the type of the object; a helper class would only hide that type.")]
    public static LookupResult<T> Found(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new() { Status = LookupStatus.Found, Value = value };
    }

    /// <summary>Makes the result of a look-up for an object that does not exist.</summary>
    /// <returns>A result with status <see cref="LookupStatus.NotFound"/>.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "As Found.")]
    public static LookupResult<T> NotFound() => new() { Status = LookupStatus.NotFound };

    /// <summary>Makes the result of a look-up that failed.</summary>
    /// <param name="reason">The failure, fit for a user's eyes.</param>
    /// <returns>A result with status <see cref="LookupStatus.Unknown"/>.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "As Found.")]
    public static LookupResult<T> Unknown(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new() { Status = LookupStatus.Unknown, Reason = reason };
    }
}

using System.Globalization;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>The time that one request may take, and the response when the time is over (contract 8.1, 8.3).</summary>
internal sealed class RequestLimit
{
    private static readonly TimeSpan LongestUserTimeout = TimeSpan.FromSeconds(60);
    private readonly string? _message;

    private RequestLimit(TimeSpan? time, string? message) => (Time, _message) = (time, message);

    /// <summary>The limit of a connection, which has none.</summary>
    public static RequestLimit None { get; } = new(null, null);

    public TimeSpan? Time { get; }

    /// <summary>The limit of a create, update, patch or delete.</summary>
    public static RequestLimit OfWrite(SimulatedRequestOptions request, SimulatedApiServerOptions options, ServerBehaviour behaviour)
    {
        if (!behaviour.CutsUserTimeout && request.Timeout is { } wanted && wanted > TimeSpan.Zero)
        {
            return OfHandler(wanted, behaviour);
        }

        var user = UserTimeout(request);
        return user < options.TimeBudget ? OfUser(user, behaviour) : OfHandler(options.TimeBudget, behaviour);
    }

    /// <summary>The limit of a deletion of a collection, which only the user's timeout ends.</summary>
    public static RequestLimit OfCollection(SimulatedRequestOptions request, ServerBehaviour behaviour) => OfUser(UserTimeout(request), behaviour);

    /// <summary>The user's response once the time is over.</summary>
    public ApiStatusException Exceeded() => _message is null ? Statuses.TimeoutOfFilter() : Statuses.Timeout(_message);

    // The server's timeout filter and the handler wait for the same deadline, and the filter responds first.
    private static RequestLimit OfUser(TimeSpan time, ServerBehaviour behaviour) =>
        behaviour.EndsInTimeoutFilter ? new(time, null) : OfHandler(time, behaviour);

    private static RequestLimit OfHandler(TimeSpan time, ServerBehaviour behaviour) => new(
        time,
        behaviour.EndsInTimeoutFilter
            ? "request did not complete within requested timeout - context deadline exceeded"
            : string.Create(CultureInfo.InvariantCulture, $"request did not complete within requested timeout {time.TotalSeconds}s"));

    // A user's timeout counts between 0 and 60 seconds; anything else is ignored (contract 8.1).
    private static TimeSpan UserTimeout(SimulatedRequestOptions request) =>
        request.Timeout is { } timeout && timeout > TimeSpan.Zero && timeout < LongestUserTimeout ? timeout : LongestUserTimeout;
}

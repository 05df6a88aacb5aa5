using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>Where the application is on its way out, the reviews it still has, and the connections they came on.</summary>
internal sealed class DrainState
{
    private readonly ConcurrentDictionary<IConnectionLifetimeNotificationFeature, bool> _connections = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _phase;
    private int _active;

    public DrainPhase Phase => (DrainPhase)Volatile.Read(ref _phase);

    public int Active => Volatile.Read(ref _active);

    /// <summary>When the last review has been answered in phase Refusing.</summary>
    public Task Empty => _empty.Task;

    /// <summary>Counts a request in; false when it is to be sent elsewhere. Every call is paired with one of <see cref="Leave"/>.</summary>
    public bool Enter(HttpContext http)
    {
        Interlocked.Increment(ref _active);
        Track(http);
        return Phase != DrainPhase.Refusing;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _active) == 0 && Phase == DrainPhase.Refusing)
        {
            _empty.TrySetResult();
        }
    }

    public void Advance(DrainPhase phase)
    {
        Volatile.Write(ref _phase, (int)phase);
        if (phase == DrainPhase.Refusing && Active == 0)
        {
            _empty.TrySetResult();
        }
    }

    /// <summary>Asks every connection to end after the request it is at: idle ones end now.</summary>
    public void CloseConnections()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.RequestClose();
        }
    }

    private void Track(HttpContext http)
    {
        // A server in memory has no connections.
        if (http.Features.Get<IConnectionLifetimeNotificationFeature>() is { } connection
            && http.Features.Get<IConnectionLifetimeFeature>() is { } lifetime
            && _connections.TryAdd(connection, true))
        {
            lifetime.ConnectionClosed.UnsafeRegister(_ => _connections.TryRemove(connection, out bool _), state: null);
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>Where the application is on its way out, the reviews it still has, and the connections they came on.</summary>
internal sealed class DrainState
{
    private readonly ConcurrentDictionary<IConnectionLifetimeNotificationFeature, bool> _connections = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private DrainPhase _phase;
    private int _active;

    public DrainPhase Phase
    {
        get
        {
            lock (_lock)
            {
                return _phase;
            }
        }
    }

    /// <summary>How many requests were accepted and are not answered yet.</summary>
    public int Active
    {
        get
        {
            lock (_lock)
            {
                return _active;
            }
        }
    }

    /// <summary>When the last review has been answered in phase Refusing.</summary>
    public Task Empty => _empty.Task;

    /// <summary>
    /// Counts a request in, to be paired with <see cref="Leave"/>; false when it is to be sent elsewhere. Those are not counted: whoever sends one
    /// slowly must not keep the application from stopping.
    /// </summary>
    public bool TryEnter(HttpContext http)
    {
        Track(http);
        lock (_lock)
        {
            if (_phase == DrainPhase.Refusing)
            {
                return false;
            }

            _active++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _active--;
            CompleteIfEmpty();
        }
    }

    /// <summary>Goes on to a later phase; false, and nothing happens, when it is not later.</summary>
    public bool TryAdvance(DrainPhase phase)
    {
        lock (_lock)
        {
            if (phase <= _phase)
            {
                return false;
            }

            _phase = phase;
            CompleteIfEmpty();
            return true;
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

    private void CompleteIfEmpty()
    {
        if (_phase == DrainPhase.Refusing && _active == 0)
        {
            _empty.TrySetResult();
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

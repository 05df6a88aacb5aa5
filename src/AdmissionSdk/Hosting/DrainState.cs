using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>The application's place on its way out, the reviews still to answer, and the connections of the reviews.</summary>
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

    /// <summary>The number of requests that were accepted and are not answered yet.</summary>
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

    /// <summary>Ends when the last review has been answered in phase Refusing.</summary>
    public Task Empty => _empty.Task;

    /// <summary>
    /// Counts a request in, to be paired with <see cref="Leave"/>; false when the request is to be sent elsewhere. Such requests are not counted: a caller who sends one
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

    /// <summary>Goes on to a later phase; false, and nothing happens, when the phase is not later.</summary>
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

    /// <summary>Asks every connection to end after its present request: idle connections end now.</summary>
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

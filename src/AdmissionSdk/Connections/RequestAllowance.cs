using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http.Features;

namespace AdmissionSdk.Connections;

/// <summary>
/// Charges a request at its headers with what it takes while its caller stalls, which is much more than the bytes that have come. Three quarters of the room are for everybody, an
/// eighth is for connections that keep few requests waiting, and the last eighth for those that keep none, as over HTTP/1.1. When all is taken, the request whose caller has stalled for the longest time goes, so that the
/// newcomer never waits.
/// </summary>
/// <remarks>Most of a flood is refused, and little is cut: to cut a request costs the process more than to send one costs its caller.</remarks>
internal sealed class RequestAllowance(ConnectionLimits limits, ConnectionTable connections, AdmissionMetrics metrics, TimeProvider time)
{
    /// <summary>The requests that a connection may keep waiting when the room gets scarce.</summary>
    public const int FewRequests = 4;

    /// <summary>The time that a body may take even when there is no room: an API server sends it with the headers.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();

    // From the request that has waited for the longest time to the last. A request is here while its caller sends or reads, and not while its review is decided.
    private readonly LinkedList<RequestTurn> _waiting = [];
    private int _taken;

    /// <summary>The requests that are charged now.</summary>
    public int Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    /// <summary>Takes one request's share until the turn is disposed; null if there is no room.</summary>
    /// <param name="features">The features of the request, among which is its connection.</param>
    public RequestTurn? TryEnter(IFeatureCollection features)
    {
        var turn = new RequestTurn(this, features);
        RequestTurn? victim = null;
        lock (_lock)
        {
            if (_taken >= limits.Requests)
            {
                victim = FindStalled();
                if (victim is null)
                {
                    return null;
                }

                Release(victim);
            }
            else if (turn.Connection?.Waiting >= MaxWaiting())
            {
                return null;
            }

            _taken++;
            Wait(turn);
        }

        connections.Enter(turn.Connection);
        if (victim is not null)
        {
            metrics.Evicted(EvictionReasons.Requests);
            victim.Cut();
        }

        return turn;
    }

    /// <summary>Notes that the review is here in full and is being decided.</summary>
    public void Work(RequestTurn turn)
    {
        lock (_lock)
        {
            StopWaiting(turn);
        }

        connections.Work(turn.Connection, 1);
    }

    /// <summary>Notes that the review is decided, and that its caller is to read.</summary>
    public void Respond(RequestTurn turn)
    {
        lock (_lock)
        {
            if (turn.IsCharged)
            {
                Wait(turn);
            }
        }

        connections.Work(turn.Connection, -1);
    }

    public void Exit(RequestTurn turn, bool wasReview)
    {
        lock (_lock)
        {
            if (turn.IsCharged)
            {
                Release(turn);
            }
        }

        connections.Exit(turn.Connection, wasReview);
    }

    /// <summary>The requests of one connection that may wait, the fewer the less room there is.</summary>
    private int MaxWaiting()
    {
        var free = limits.Requests - _taken;
        return free > limits.Requests / 4 ? int.MaxValue
            : free > limits.Requests / 8 ? FewRequests
            : 1;
    }

    private RequestTurn? FindStalled() =>
        _waiting.First is { Value: var oldest } && time.GetElapsedTime(oldest.WaitsSince) >= Patience ? oldest : null;

    private void Wait(RequestTurn turn)
    {
        turn.WaitsSince = time.GetTimestamp();
        turn.Place = _waiting.AddLast(turn);
    }

    private void StopWaiting(RequestTurn turn)
    {
        if (turn.Place is { } place)
        {
            _waiting.Remove(place);
            turn.Place = null;
        }
    }

    private void Release(RequestTurn turn)
    {
        StopWaiting(turn);
        turn.IsCharged = false;
        _taken--;
    }
}

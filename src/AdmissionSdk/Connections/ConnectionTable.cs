using System.Net;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Connections;

namespace AdmissionSdk.Connections;

/// <summary>
/// All connections, and the choice of those that go when a limit is met. Decides only: the caller closes, outside the lock. The order in which connections go: before the others
/// those that have not brought a review; among equals those of the address with the most connections; among equals those that got nowhere for the longest time. A connection whose
/// review is being decided never goes for a newcomer.
/// </summary>
internal sealed class ConnectionTable(ConnectionLimits limits, TimeProvider time)
{
    // Enough for the probes and for a few API servers.
    private const int FewSockets = 8;

    private readonly Lock _lock = new();
    private readonly HashSet<OpenConnection> _connections = [];
    private readonly Dictionary<IPAddress, AddressGroup> _groups = [];
    private readonly Queue<OpenConnection> _leaving = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Lets a connection in, and names those that go for it; null if the connection is refused.</summary>
    public OpenConnection? Open(ConnectionContext context, List<Eviction> evictions)
    {
        lock (_lock)
        {
            var address = AddressGroup.KeyOf(context.RemoteEndPoint);
            var group = _groups.GetValueOrDefault(address) ?? new AddressGroup(address);
            if (_connections.Count >= (group.Sockets < FewSockets ? limits.AllSockets : limits.Sockets))
            {
                return null;
            }

            EvictIfFull(limits.Handshakes, static (other, _) => !other.IsSecured, group, EvictionReasons.Handshakes, evictions);
            EvictIfFull(
                limits.PerAddress, static (other, group) => other.Group == group && !other.IsProven && other.Working == 0, group, EvictionReasons.Address, evictions);
            EvictIfFull(limits.Connections, static (_, _) => true, group, EvictionReasons.Connections, evictions);
            var connection = new OpenConnection(context, group, time.GetTimestamp());
            _connections.Add(connection);
            _groups[address] = group;
            group.Open++;
            group.Sockets++;
            return connection;
        }
    }

    public void Secure(OpenConnection connection)
    {
        lock (_lock)
        {
            connection.IsSecured = true;
            connection.Progressed = time.GetTimestamp();
        }
    }

    public void Close(OpenConnection connection)
    {
        lock (_lock)
        {
            if (!_connections.Remove(connection))
            {
                return;
            }

            Leave(connection);
            if (--connection.Group.Sockets == 0)
            {
                _groups.Remove(connection.Group.Address);
            }
        }
    }

    /// <summary>Counts a request in. The connection is null on listeners of the user's own, here and below.</summary>
    public void Enter(OpenConnection? connection)
    {
        if (connection is not null)
        {
            lock (_lock)
            {
                connection.HasRequested = true;
                connection.Requests++;
                connection.Progressed = time.GetTimestamp();
            }
        }
    }

    /// <summary>Notes that the review of a request is here in full, or, with -1, that it is decided.</summary>
    public void Work(OpenConnection? connection, int change)
    {
        if (connection is not null)
        {
            lock (_lock)
            {
                connection.Working += change;
                connection.Progressed = time.GetTimestamp();
            }
        }
    }

    /// <summary>Counts a request out.</summary>
    public void Exit(OpenConnection? connection, bool wasReview)
    {
        if (connection is not null)
        {
            lock (_lock)
            {
                connection.Requests--;
                connection.IsProven |= wasReview;
                connection.Progressed = time.GetTimestamp();
            }
        }
    }

    /// <summary>Names the connections whose time is over.</summary>
    public void Sweep(List<Eviction> evictions)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            while (_leaving.TryPeek(out var oldest) && (oldest.CutAt <= now || !_connections.Contains(oldest)))
            {
                Cut(_leaving.Dequeue(), evictions);
            }

            foreach (var connection in _connections)
            {
                if (!connection.IsLeaving && !connection.HasRequested && time.GetElapsedTime(connection.Opened, now) >= limits.FirstRequestTimeout)
                {
                    Evict(connection, EvictionReasons.NoRequest, evictions);
                }
            }
        }
    }

    /// <summary>The address with the most connections, and their number, for the log.</summary>
    public (IPAddress Address, int Open) FindLargest()
    {
        lock (_lock)
        {
            return _groups.Values.MaxBy(static group => group.Open) is { } group ? (group.Address, group.Open) : (IPAddress.None, 0);
        }
    }

    private static bool GoesBefore(OpenConnection one, OpenConnection other) =>
        one.IsProven != other.IsProven ? other.IsProven
        : one.Group.Open != other.Group.Open ? one.Group.Open > other.Group.Open
        : one.Progressed < other.Progressed;

    /// <summary>Makes room below the limit. There may be more than one too many: connections whose reviews were being decided did not go for earlier newcomers.</summary>
    private void EvictIfFull(
        int limit, Func<OpenConnection, AddressGroup, bool> counts, AddressGroup newcomer, string reason, List<Eviction> evictions)
    {
        while (FindVictim(limit, counts, newcomer) is { } victim)
        {
            Evict(victim, reason, evictions);
        }
    }

    private OpenConnection? FindVictim(int limit, Func<OpenConnection, AddressGroup, bool> counts, AddressGroup newcomer)
    {
        var (count, victim) = (0, (OpenConnection?)null);
        foreach (var connection in _connections)
        {
            if (connection.IsLeaving || !counts(connection, newcomer))
            {
                continue;
            }

            count++;
            if (connection.Working == 0 && (victim is null || GoesBefore(connection, victim)))
            {
                victim = connection;
            }
        }

        return count >= limit ? victim : null;
    }

    private void Evict(OpenConnection connection, string reason, List<Eviction> evictions)
    {
        Leave(connection);
        // There is nobody to take leave of before the end of the handshake, and requests that stall would outlast the farewell.
        var isGraceful = connection is { IsSecured: true, Requests: 0 };
        evictions.Add(new(connection, reason, isGraceful));
        if (!isGraceful)
        {
            return;
        }

        connection.CutAt = time.GetTimestamp() + (long)(ConnectionLimits.Farewell.TotalSeconds * time.TimestampFrequency);
        _leaving.Enqueue(connection);
        if (_leaving.Count > limits.Leaving)
        {
            Cut(_leaving.Dequeue(), evictions);
        }
    }

    private void Cut(OpenConnection connection, List<Eviction> evictions)
    {
        if (_connections.Contains(connection))
        {
            evictions.Add(new(connection, Reason: null, IsGraceful: false));
        }
    }

    private static void Leave(OpenConnection connection)
    {
        if (!connection.IsLeaving)
        {
            connection.IsLeaving = true;
            connection.Group.Open--;
        }
    }
}

using AdmissionSdk.Observability;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Connections;

/// <summary>Closes the connections that the table has chosen, counts them, and tells of them in the log once in a while.</summary>
internal sealed class ConnectionCloser(ConnectionTable table, AdmissionMetrics metrics, TimeProvider time, ILogger<ConnectionCloser> logger)
{
    /// <summary>The least time between two lines: an attacker must not be able to fill the log.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long _logged = long.MinValue;
    private int _evicted;
    private int _refused;

    public void Close(List<Eviction> evictions)
    {
        foreach (var eviction in evictions)
        {
            if (eviction.Reason is { } reason)
            {
                metrics.Evicted(reason);
                // Connections that never become a request are nothing to worry about while there is room.
                _ = reason == EvictionReasons.NoRequest ? 0 : Interlocked.Increment(ref _evicted);
            }

            eviction.Execute();
        }
    }

    public void Refuse()
    {
        metrics.Refused();
        Interlocked.Increment(ref _refused);
    }

    /// <summary>Writes the line if there is something to tell, and the last line is old enough.</summary>
    public void Log()
    {
        var now = time.GetTimestamp();
        if ((_evicted == 0 && _refused == 0) || (_logged != long.MinValue && time.GetElapsedTime(_logged, now) < Pause))
        {
            return;
        }

        _logged = now;
        var (address, open) = table.FindLargest();
        logger.ConnectionsClosed(Interlocked.Exchange(ref _evicted, 0), Interlocked.Exchange(ref _refused, 0), address, open);
    }
}

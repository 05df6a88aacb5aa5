using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Connections;

namespace AdmissionSdk.Connections;

/// <summary>Counts every connection in and out, before its first byte is read, and once a second closes those whose time is over.</summary>
internal sealed class ConnectionGuard : IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);

    private readonly ConnectionTable _table;
    private readonly ConnectionCloser _closer;
    private readonly AdmissionMetrics _metrics;
    private readonly ITimer _timer;

    public ConnectionGuard(ConnectionTable table, ConnectionCloser closer, AdmissionMetrics metrics, TimeProvider time)
    {
        (_table, _closer, _metrics) = (table, closer, metrics);
        _timer = time.CreateTimer(static guard => ((ConnectionGuard)guard!).Sweep(), this, SweepPeriod, SweepPeriod);
    }

    /// <summary>The outermost step of a listener.</summary>
    public ConnectionDelegate Accept(ConnectionDelegate next) => async context =>
    {
        List<Eviction> evictions = [];
        var connection = _table.Open(context, evictions);
        _closer.Close(evictions);
        if (connection is null)
        {
            _closer.Refuse();
            context.Abort(new ConnectionAbortedException("The admission webhook has too many connections."));
            return;
        }

        _metrics.ConnectionsChanged(1);
        context.Features.Set(connection);
        try
        {
            await next(context);
        }
        finally
        {
            _table.Close(connection);
            _metrics.ConnectionsChanged(-1);
        }
    };

    /// <summary>The step after the handshake.</summary>
    public ConnectionDelegate Secure(ConnectionDelegate next) => context =>
    {
        if (context.Features.Get<OpenConnection>() is { } connection)
        {
            _table.Secure(connection);
        }

        return next(context);
    };

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        List<Eviction> evictions = [];
        _table.Sweep(evictions);
        _closer.Close(evictions);
        _closer.Log();
    }
}

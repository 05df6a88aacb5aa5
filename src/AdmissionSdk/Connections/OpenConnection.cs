using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AdmissionSdk.Connections;

/// <summary>One connection and what it has done so far, which tells the API server's kept connections from others. A feature of the connection; guarded by the lock of the table.</summary>
internal sealed class OpenConnection(ConnectionContext context, AddressGroup group, long now)
{
    public AddressGroup Group => group;

    /// <summary>The moment of the connection, as <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long Opened { get; } = now;

    /// <summary>The last moment at which the connection got anywhere: opened, encrypted, a request's headers, its body, its response.</summary>
    public long Progressed { get; set; } = now;

    /// <summary>True once the handshake has ended.</summary>
    public bool IsSecured { get; set; }

    /// <summary>True once a request has come.</summary>
    public bool HasRequested { get; set; }

    /// <summary>True once a review has come and was answered: what an API server's connection does and a stranger's need not.</summary>
    public bool IsProven { get; set; }

    /// <summary>The requests that are not answered yet.</summary>
    public int Requests { get; set; }

    /// <summary>The part of <see cref="Requests"/> whose review is here in full and is being decided: for this part the caller waits for the server, and for the rest the server for the caller.</summary>
    public int Working { get; set; }

    /// <summary>True once the connection was chosen to be closed.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>The moment at which a leaving connection is cut.</summary>
    public long CutAt { get; set; } = long.MaxValue;

    /// <summary>The requests that wait for their caller.</summary>
    public int Waiting => Requests - Working;

    /// <summary>Asks the connection to end: with GOAWAY or, over HTTP/1.1, as soon as no request is under way.</summary>
    public void RequestClose() => context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

    public void Cut(string reason) => context.Abort(new ConnectionAbortedException(reason));
}

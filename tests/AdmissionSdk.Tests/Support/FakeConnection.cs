using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace AdmissionSdk.Tests.Support;

/// <summary>A connection without a socket, which notes how it is closed.</summary>
internal sealed class FakeConnection : DefaultConnectionContext, IConnectionLifetimeNotificationFeature
{
    public FakeConnection(string address)
    {
        RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 50_000);
        Features.Set<IConnectionLifetimeNotificationFeature>(this);
    }

    public bool IsAskedToClose { get; private set; }

    public bool IsCut { get; private set; }

    public CancellationToken ConnectionClosedRequested { get; set; }

    public void RequestClose() => IsAskedToClose = true;

    public override void Abort(ConnectionAbortedException abortReason) => IsCut = true;
}

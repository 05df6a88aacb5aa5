using System.Net;
using System.Net.Sockets;

namespace ImageRegistryWebhook.Registries;

/// <summary>
/// Connects to hosts at addresses that are allowed. It resolves the name itself and connects to the very addresses it has looked at, so that a name that
/// resolves differently a moment later gains nothing.
/// </summary>
internal sealed class GuardedConnector(TrustTable trust, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    // More than any registry has; each is tried in turn.
    private const int MostAddresses = 16;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var allowed = (await resolve(host, cancellationToken)).Where(address => trust.Allows(host, port, address)).Take(MostAddresses).ToArray();
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

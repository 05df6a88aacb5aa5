using System.Net;
using System.Net.Sockets;

namespace ImageRegistryWebhook.Registries;

/// <summary>
/// Connects to hosts only at allowed addresses. The connector resolves the name and connects to the addresses that were checked, so that a name that
/// resolves differently a moment later gains nothing.
/// </summary>
internal sealed class GuardedConnector(TrustTable trust, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    // More than any registry has. The addresses are tried in turn.
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

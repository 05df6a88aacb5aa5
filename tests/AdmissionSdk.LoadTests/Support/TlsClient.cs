using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>Opens connections to the webhook, from an address of choice: Linux has all of 127.0.0.0/8.</summary>
internal static class TlsClient
{
    /// <summary>The address of the API servers.</summary>
    public static IPAddress ApiServer { get; } = IPAddress.Parse("127.0.0.1");

    /// <summary>The address of the attacker's pod.</summary>
    public static IPAddress Attacker { get; } = IPAddress.Parse("127.0.0.66");

    public static async Task<Socket> ConnectAsync(IPAddress from, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task<(Socket Socket, SslStream Stream)> OpenAsync(IPAddress from, int port, SslApplicationProtocol protocol, CancellationToken cancellationToken)
    {
        var socket = await ConnectAsync(from, port, cancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    ApplicationProtocols = [protocol],
                    // The tests are not about the certificate.
#pragma warning disable CA5359
                    RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
                },
                cancellationToken);
            return (socket, stream);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}

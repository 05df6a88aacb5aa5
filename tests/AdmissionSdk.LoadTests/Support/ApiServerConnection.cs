using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>A kept connection of an API server, over TLS and HTTP/1.1.</summary>
internal sealed class ApiServerConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly SslStream _stream;

    private ApiServerConnection(Socket socket, SslStream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>True if the server has closed the idle connection, which Go's transport notices before it uses one.</summary>
    public bool IsClosed => _socket.Poll(0, SelectMode.SelectRead);

    public static async Task<ApiServerConnection> OpenAsync(IPAddress from, int port, CancellationToken cancellationToken)
    {
        var (socket, stream) = await TlsClient.OpenAsync(from, port, SslApplicationProtocol.Http11, cancellationToken);
        return new(socket, stream);
    }

    public static byte[] Request(ReadOnlySpan<byte> review) =>
    [
        .. Encoding.ASCII.GetBytes($"POST /mutate?timeout=5s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {review.Length}\r\n\r\n"),
        .. review,
    ];

    public async Task<RawHttpResponse> PostAsync(byte[] review, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(Request(review), cancellationToken);
        return await RawHttpResponse.ReadAsync(_stream, cancellationToken);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}

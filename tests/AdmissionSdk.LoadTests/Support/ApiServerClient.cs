using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>
/// Calls a webhook as the API server does: HTTP/1.1 with kept connections, a new try after 429 or 5xx with Retry-After (at most ten, all within the
/// deadline), and none after a broken connection.
/// </summary>
internal sealed class ApiServerClient(IPEndPoint service, TimeSpan timeout) : IDisposable
{
    private const int MaxRetries = 10;
    private TcpClient? _connection;

    public int Retries { get; private set; }

    /// <summary>Sends a review, and returns the status and the body of the last response.</summary>
    public async Task<(int Status, string Body)> CallAsync(byte[] review)
    {
        using var deadline = new CancellationTokenSource(timeout);
        for (var attempt = 0; ; attempt++)
        {
            var response = await SendAsync(review, deadline.Token);
            if (attempt < MaxRetries && response.Status is 429 or >= 500 && response.RetryAfter is { } seconds)
            {
                Retries++;
                await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, deadline.Token);
                continue;
            }

            return (response.Status, response.Body);
        }
    }

    public void Dispose() => _connection?.Dispose();

    private async Task<(int Status, int? RetryAfter, string Body)> SendAsync(byte[] review, CancellationToken cancellationToken)
    {
        // Go's transport does not use an idle connection that the other side has closed.
        if (_connection is { } idle && idle.Client.Poll(0, SelectMode.SelectRead))
        {
            idle.Dispose();
            _connection = null;
        }

        if (_connection is null)
        {
            _connection = new TcpClient { NoDelay = true };
            await _connection.ConnectAsync(service.Address, service.Port, cancellationToken);
        }

        var stream = _connection.GetStream();
        var head = $"POST /webhook?timeout={timeout.TotalSeconds:0}s HTTP/1.1\r\nHost: pods.load.svc:443\r\nContent-Type: application/json\r\nContent-Length: {review.Length}\r\nAccept-Encoding: gzip\r\n\r\n";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. review], cancellationToken);
        var response = await RawHttpResponse.ReadAsync(stream, cancellationToken);
        if (response.Headers.TryGetValue("Connection", out var connection) && connection.Equals("close", StringComparison.OrdinalIgnoreCase))
        {
            _connection.Dispose();
            _connection = null;
        }

        int? retryAfter = response.Headers.TryGetValue("Retry-After", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
        return (response.Status, retryAfter, response.Body);
    }
}

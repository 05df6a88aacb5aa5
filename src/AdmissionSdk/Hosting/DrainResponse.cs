using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>What callers are told on the way out. The API server honours <c>Retry-After</c> (contract 8.4), and nowhere else do we send it.</summary>
internal static class DrainResponse
{
    /// <summary>How long a body is waited for that nobody will read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The next request is to come on a new connection, which the Service may take to another replica. HTTP/2 has no such header.</summary>
    public static void AskForNewConnection(HttpContext http)
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol) || HttpProtocol.IsHttp10(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }
    }

    /// <summary>The same review is to come again at once: with <c>1</c> it would miss a timeout of one second.</summary>
    public static void AskToRetry(HttpContext http) => http.Response.Headers.RetryAfter = "0";

    /// <summary>Reads what is being sent, so that closing the connection does not reset it before the caller has read the answer.</summary>
    public static async Task DiscardBodyAsync(HttpContext http, long limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; limit > 0 && (read = await http.Request.Body.ReadAsync(buffer, cancellationToken)) > 0; limit -= read)
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // Then the caller must take the answer as it comes.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>The headers that callers get from an application on its way out. The API server honours <c>Retry-After</c> (contract 8.4), which is sent nowhere else.</summary>
internal static class DrainResponse
{
    /// <summary>The longest wait for a body that nobody will read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Asks for a new connection for the next request, which the Service may take to another replica. HTTP/2 has no such header.</summary>
    public static void AskForNewConnection(HttpContext http)
    {
        if (HttpProtocol.IsHttp11(http.Request.Protocol) || HttpProtocol.IsHttp10(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }
    }

    /// <summary>Asks for the same review again at once: with <c>1</c> the review would miss a timeout of one second.</summary>
    public static void AskToRetry(HttpContext http) => http.Response.Headers.RetryAfter = "0";

    /// <summary>Reads what is being sent, so that closing the connection does not reset the connection before the caller has read the response.</summary>
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
            // Then the caller must take the response as it comes.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

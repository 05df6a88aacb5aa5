using System.Net.Http.Headers;

namespace ImageRegistryWebhook.Registries;

/// <summary>The HTTP client of all look-ups, without automatic redirects, proxies and cookies.</summary>
internal static class RegistryHttp
{
    /// <summary>The name of the client.</summary>
    public const string Name = "registries";

    /// <summary>The user agent.</summary>
    public const string UserAgent = "image-registry-webhook";

    // The part of an unread body that is read so that its connection can be used again.
    private const int Drained = 4096;

    /// <summary>The handler, which connects only to allowed addresses.</summary>
    public static SocketsHttpHandler Handler(GuardedConnector connector, TimeSpan connectTimeout) => new()
    {
        ConnectCallback = connector.ConnectAsync,
        ConnectTimeout = connectTimeout,
        AllowAutoRedirect = false,
        // The address behind a proxy could not be checked.
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = Drained,
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
        MaxConnectionsPerServer = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    /// <summary>Sends a request and follows at most three redirects, none to another endpoint.</summary>
    /// <returns>The response; null after a redirect to another endpoint, or after too many.</returns>
    public static async Task<HttpResponseMessage?> SendAsync(
        HttpClient client, Uri address, Func<Uri, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        const int MostRedirects = 3;
        for (var redirects = 0; ; redirects++)
        {
            using var message = request(address);
            message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return response;
            }

            using (response)
            {
                if (redirects == MostRedirects
                    || response.Headers.Location is not { } location
                    || !Uri.TryCreate(address, location, out var next)
                    || RegistryEndpoint.Of(next) != RegistryEndpoint.Of(address)
                    || next.UserInfo.Length > 0)
                {
                    return null;
                }

                address = next;
            }
        }
    }
}

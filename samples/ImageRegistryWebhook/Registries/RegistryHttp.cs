namespace ImageRegistryWebhook.Registries;

/// <summary>The HTTP client of the look-ups: every request they make goes through it, and none follows a redirect, a proxy or a cookie by itself.</summary>
internal static class RegistryHttp
{
    /// <summary>The name of the client.</summary>
    public const string Name = "registries";

    /// <summary>What the webhook tells registries of itself.</summary>
    public const string UserAgent = "image-registry-webhook";

    // How much of an answer that nobody reads is read so that its connection can be used again.
    private const int Drained = 4096;

    /// <summary>The handler that connects, and only where it may.</summary>
    public static SocketsHttpHandler Handler(GuardedConnector connector, TimeSpan connectTimeout) => new()
    {
        ConnectCallback = connector.ConnectAsync,
        ConnectTimeout = connectTimeout,
        AllowAutoRedirect = false,
        // A proxy would be what is connected to, and where it goes could not be checked.
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = Drained,
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
        MaxConnectionsPerServer = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    /// <summary>Sends a request and follows redirects, few, and none to another host.</summary>
    /// <returns>The answer; null if it leads to another host, or around in circles.</returns>
    public static async Task<HttpResponseMessage?> SendAsync(
        HttpClient client, Uri address, Func<Uri, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        const int MostRedirects = 3;
        for (var redirects = 0; ; redirects++)
        {
            using var message = request(address);
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

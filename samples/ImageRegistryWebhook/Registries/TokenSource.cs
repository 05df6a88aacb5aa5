using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ImageRegistryWebhook.Registries;

/// <summary>Gets the authorization for a registry: a token from its realm, or the credential itself.</summary>
internal sealed class TokenSource(IHttpClientFactory clients, TrustTable trust, IOptions<RegistryLookupOptions> options, TimeProvider time)
{
    private const int LargestResponse = 64 * 1024;
    private const int LongestToken = 12 * 1024;

    // The default of the distribution specification, in seconds.
    private const int DefaultLifetime = 60;

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly ExpiringCache<(string, string, string), AuthenticationHeaderValue> _tokens = new(options.Value.CacheEntries, time);

    /// <summary>An earlier token that is still valid; else null.</summary>
    public AuthenticationHeaderValue? Known(RegistryImage image) => _tokens.TryGet(Key(image), out var header) ? header : null;

    /// <summary>Gets the authorization that a registry asks for.</summary>
    /// <returns>The header for the next try, or the reason that there is none.</returns>
    public async Task<(AuthenticationHeaderValue? Header, LookupOutcome Failure)> AuthorizeAsync(
        RegistryImage image, HttpHeaderValueCollection<AuthenticationHeaderValue> challenges, CancellationToken cancellationToken)
    {
        _tokens.Remove(Key(image));
        if (challenges.FirstOrDefault(challenge => Is(challenge, "Bearer")) is { } bearer)
        {
            return !AuthChallenge.TryParse(bearer.Parameter, out var challenge) ? (null, LookupOutcome.BadResponse)
                : !trust.AllowsRealm(image.Host, challenge.Realm) ? (null, LookupOutcome.Refused)
                : await FetchAsync(image, challenge, cancellationToken);
        }

        return image.Credential is { } credential && challenges.Any(challenge => Is(challenge, "Basic"))
            ? (credential.Basic, default)
            : (null, LookupOutcome.Unauthorized);
    }

    private async Task<(AuthenticationHeaderValue? Header, LookupOutcome Failure)> FetchAsync(
        RegistryImage image, AuthChallenge challenge, CancellationToken cancellationToken)
    {
        using var response = await RegistryHttp.SendAsync(
            clients.CreateClient(RegistryHttp.Name),
            challenge.TokenAddress(image.Repository),
            address => new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = image.Credential?.Basic } },
            cancellationToken);
        if (response is not { IsSuccessStatusCode: true })
        {
            return (null, Failure(response));
        }

        if (await BoundedBody.ReadAsync(response.Content, LargestResponse, cancellationToken) is not { } body || Read(body, out var lifetime) is not { } token)
        {
            return (null, LookupOutcome.BadResponse);
        }

        var header = new AuthenticationHeaderValue("Bearer", token);
        _tokens.Set(Key(image), header, lifetime - Margin);
        return (header, default);
    }

    private static LookupOutcome Failure(HttpResponseMessage? response) => (int?)response?.StatusCode switch
    {
        null => LookupOutcome.Refused,
        400 or 401 or 403 => LookupOutcome.Unauthorized,
        429 or >= 500 => LookupOutcome.Overloaded,
        // Not Absent: a missing realm proves nothing about the image.
        _ => LookupOutcome.BadResponse,
    };

    private static string? Read(ReadOnlyMemory<byte> body, out TimeSpan lifetime)
    {
        lifetime = TimeSpan.FromSeconds(DefaultLifetime);
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (root.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var number) && number >= 0)
            {
                lifetime = TimeSpan.FromSeconds(Math.Min(number, LongestLifetime.TotalSeconds));
            }

            var token = Text(root, "token") ?? Text(root, "access_token");
            return token is { Length: > 0 and <= LongestToken } && token.All(letter => letter is > ' ' and <= '~') ? token : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Is(AuthenticationHeaderValue challenge, string scheme) => challenge.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    private static (string Registry, string Repository, string Credential) Key(RegistryImage image) =>
        (image.Host.ToString(), image.Repository, image.Credential?.Fingerprint ?? "");
}

using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Registries;

/// <summary>
/// Asks a registry for a manifest (OCI distribution specification, "Pulling manifests") with HEAD, and with GET if the first response lacks the digest.
/// </summary>
internal sealed class ManifestClient(IHttpClientFactory clients, TrustTable trust, TokenSource tokens)
{
    private const string DigestHeader = "Docker-Content-Digest";

    // The usual limit of registries.
    private const int LargestManifest = 4 * 1024 * 1024;

    private static readonly string[] Accepted =
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ];

    /// <summary>Asks once. A failed connection is an exception, a response of any kind is not.</summary>
    public async Task<RegistryLookupResult> AskAsync(RegistryImage image, CancellationToken cancellationToken)
    {
        if (trust.Endpoint(image.Host).At($"/v2/{image.Repository}/manifests/{image.Reference}") is not { } address)
        {
            return new RegistryLookupResult(LookupOutcome.Refused);
        }

        var (head, failure) = await SendAsync(HttpMethod.Head, address, image, cancellationToken);
        if (head is null)
        {
            return new RegistryLookupResult(failure);
        }

        using (head)
        {
            // 405 and 501: the registry does not know HEAD.
            if (head.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented))
            {
                return new RegistryLookupResult(Failure(head.StatusCode));
            }

            if (head.StatusCode == HttpStatusCode.OK && head.Headers.TryGetValues(DigestHeader, out var stated))
            {
                return Stated(image, string.Join(",", stated));
            }
        }

        return await GetAsync(address, image, cancellationToken);
    }

    private static LookupOutcome Failure(HttpStatusCode status) => (int)status switch
    {
        404 => LookupOutcome.Absent,
        401 or 403 => LookupOutcome.Unauthorized,
        429 or >= 500 => LookupOutcome.Overloaded,
        _ => LookupOutcome.BadResponse,
    };

    private async Task<RegistryLookupResult> GetAsync(Uri address, RegistryImage image, CancellationToken cancellationToken)
    {
        var (response, failure) = await SendAsync(HttpMethod.Get, address, image, cancellationToken);
        if (response is null)
        {
            return new RegistryLookupResult(failure);
        }

        using (response)
        {
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return new RegistryLookupResult(Failure(response.StatusCode));
            }

            if (response.Headers.TryGetValues(DigestHeader, out var stated))
            {
                return Stated(image, string.Join(",", stated));
            }

            // The digest is the hash of the bytes only for these types, not for example for signed manifests of the first version.
            return !Accepted.Contains(response.Content.Headers.ContentType?.MediaType, StringComparer.OrdinalIgnoreCase)
                || await BoundedBody.ReadAsync(response.Content, LargestManifest, cancellationToken) is not { } body
                ? new RegistryLookupResult(LookupOutcome.BadResponse)
                : Stated(image, Digest(body.Span, image.Digest));
        }
    }

    // A wrong digest in a valid form does no harm, since the kubelet compares the digest of the pulled image.
    private static RegistryLookupResult Stated(RegistryImage image, string digest) =>
        (image.Digest is null || image.Digest == digest) && ImageReference.TryParse($"x@{digest}", out var shape, out _) && shape.Digest == digest
            ? new RegistryLookupResult(LookupOutcome.Present, digest)
            : new RegistryLookupResult(LookupOutcome.BadResponse);

    private static string Digest(ReadOnlySpan<byte> manifest, string? asked) => asked?.Split(':')[0] switch
    {
        "sha512" => $"sha512:{Convert.ToHexStringLower(SHA512.HashData(manifest))}",
        "sha384" => $"sha384:{Convert.ToHexStringLower(SHA384.HashData(manifest))}",
        _ => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(manifest))}",
    };

    // Sends with the known header, and once more with the header that the registry asks for. A second 401 is final.
    private async Task<(HttpResponseMessage? Response, LookupOutcome Failure)> SendAsync(
        HttpMethod method, Uri address, RegistryImage image, CancellationToken cancellationToken)
    {
        var client = clients.CreateClient(RegistryHttp.Name);
        var authorization = tokens.Known(image);
        for (var isLast = false; ; isLast = true)
        {
            var response = await RegistryHttp.SendAsync(client, address, Request, cancellationToken);
            if (response is not { StatusCode: HttpStatusCode.Unauthorized } || isLast)
            {
                return (response, LookupOutcome.Refused);
            }

            using (response)
            {
                (authorization, var failure) = await tokens.AuthorizeAsync(image, response.Headers.WwwAuthenticate, cancellationToken);
                if (authorization is null)
                {
                    return (null, failure);
                }
            }
        }

        HttpRequestMessage Request(Uri to)
        {
            var request = new HttpRequestMessage(method, to) { Headers = { Authorization = authorization } };
            foreach (var type in Accepted)
            {
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
            }

            return request;
        }
    }
}

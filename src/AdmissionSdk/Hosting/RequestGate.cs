using System.Net.Mime;
using AdmissionSdk.Certificates;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AdmissionSdk.Hosting;

/// <summary>Checks the caller, the method and the media type of a request before its body is worth reading.</summary>
/// <remarks>Everybody may post reviews unless <c>AddAdmissionTls</c> was given authorities of client certificates.</remarks>
internal sealed class RequestGate(ClientAuthority? authority = null)
{
    /// <summary>True if every caller that may go on has shown a certificate that counts.</summary>
    public bool KnowsCallers => authority is { IsRequired: true };

    /// <returns>Null when the request may go on.</returns>
    public Rejection? Check(HttpContext http)
    {
        // 403 and not 401: it is the one whose text the API server passes on (contract 9.2).
        if (authority?.FindRefusal(http.Features.Get<CallerCertificate>()) is { } refusal)
        {
            return new(StatusCodes.Status403Forbidden, RejectionReasons.Caller, refusal);
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return new(StatusCodes.Status405MethodNotAllowed, RejectionReasons.Method, "only POST is allowed here: this is an admission webhook");
        }

        if (!IsJson(http.Request.ContentType))
        {
            return new(StatusCodes.Status415UnsupportedMediaType, RejectionReasons.MediaType, "Content-Type must be application/json in UTF-8");
        }

        // Contract 6.5: reviews come uncompressed.
        return http.Request.Headers.ContentEncoding is { Count: > 0 } encodings
            && encodings.Any(static encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
            ? new(StatusCodes.Status415UnsupportedMediaType, RejectionReasons.MediaType, "Content-Encoding is not supported: send the review uncompressed")
            : null;
    }

    // Contract 6.2: the API server sends exactly "application/json"; a charset parameter does no harm.
    private static bool IsJson(string? contentType) =>
        string.Equals(contentType, MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) || IsJsonWithParameters(contentType);

    private static bool IsJsonWithParameters(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var mediaType)
        && mediaType.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        && (!mediaType.Charset.HasValue || HeaderUtilities.RemoveQuotes(mediaType.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

using System.Net.Mime;
using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AdmissionSdk.Hosting;

/// <summary>What a request must be before its body is worth reading.</summary>
internal static class RequestGate
{
    /// <summary>Null when the request may go on.</summary>
    public static (int Status, string Reason, string Message)? Check(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
            return (StatusCodes.Status405MethodNotAllowed, RejectionReasons.Method, "only POST is allowed here: this is an admission webhook");
        }

        // Contract 6.2: the API server sends exactly "application/json"; a charset parameter does no harm.
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var mediaType)
            || !mediaType.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
            || (mediaType.Charset.HasValue && !HeaderUtilities.RemoveQuotes(mediaType.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return (StatusCodes.Status415UnsupportedMediaType, RejectionReasons.MediaType, "Content-Type must be application/json in UTF-8");
        }

        // Contract 6.5: reviews come uncompressed.
        return request.Headers.ContentEncoding.Any(static encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
            ? (StatusCodes.Status415UnsupportedMediaType, RejectionReasons.MediaType, "Content-Encoding is not supported: send the review uncompressed")
            : null;
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AdmissionSdk.Quoting;

namespace AdmissionSdk.Reviews;

/// <summary>Step "Reviews (read)": bytes to <see cref="AdmissionRequest"/>. No object is copied, and null and missing are alike (contract 4.2).</summary>
internal static class AdmissionReviewReader
{
    /// <summary>Reads a review. The result's objects are slices of <paramref name="body"/>.</summary>
    /// <exception cref="ReviewReadException">The body cannot be answered as a review.</exception>
    public static AdmissionRequest Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            throw new ReviewReadException("the request body is empty; expected an AdmissionReview");
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw new ReviewReadException("the request body is not valid UTF-8; expected an AdmissionReview as JSON");
        }

        try
        {
            return ReadReview(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or DecoderFallbackException)
        {
            throw new ReviewReadException("the request body is not a well-formed AdmissionReview: " + Clip(exception.Message), exception);
        }
    }

    private static AdmissionRequest ReadReview(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = ReviewJson.MaxDepth });
        string? apiVersion = null, kind = null;
        ReadOnlyMemory<byte> request = default;

        if (!ReviewJson.TryEnter(ref reader, JsonTokenType.StartObject))
        {
            throw new ReviewReadException("the request body is not a JSON object; expected an AdmissionReview");
        }

        while (ReviewJson.ReadName(ref reader) is { } name)
        {
            switch (name)
            {
                case "apiVersion": apiVersion = ReviewJson.ReadString(ref reader); break;
                case "kind": kind = ReviewJson.ReadString(ref reader); break;
                case "request": request = ReviewJson.ReadSlice(ref reader, body); break;
                default: reader.Skip(); break;
            }
        }

        // Anything after the review must be white space; reading on makes the reader say so.
        reader.Read();

        if (kind != "AdmissionReview")
        {
            throw new ReviewReadException($"kind is {Quote(kind)}; expected \"AdmissionReview\"");
        }

        var version = apiVersion switch
        {
            "admission.k8s.io/v1" => ReviewVersion.V1,
            "admission.k8s.io/v1beta1" => ReviewVersion.V1Beta1,
            _ => throw new ReviewReadException($"apiVersion is {Quote(apiVersion)}; expected \"admission.k8s.io/v1\" or \"admission.k8s.io/v1beta1\""),
        };

        return request.IsEmpty
            ? throw new ReviewReadException("the AdmissionReview has no request")
            : AdmissionRequestReader.Read(request, version);
    }

    private static string Quote(string? value) => value is null ? "missing" : $"\"{Clip(value)}\"";

    // The text goes back to the caller, and to whoever reads the API server's log: short and on one line.
    private static string Clip(string text) => ShownText.ToLine(text, 200);
}

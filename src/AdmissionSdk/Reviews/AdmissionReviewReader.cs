using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AdmissionSdk.Patching.Json;
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

        if (JsonIndex.TryCreate(body.Span, ReviewJson.MaxDepth) is not { } index)
        {
            throw NotJson(body.Span);
        }

        try
        {
            return ReadReview(body, index);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or DecoderFallbackException)
        {
            throw NotWellFormed(exception);
        }
    }

    private static AdmissionRequest ReadReview(ReadOnlyMemory<byte> body, JsonIndex index)
    {
        string? apiVersion = null, kind = null;
        var request = -1;
        var start = JsonScan.SkipSpace(body.Span, 0);
        if (body.Span[start] != (byte)'{')
        {
            throw new ReviewReadException("the request body is not a JSON object; expected an AdmissionReview");
        }

        var members = new JsonMemberReader(body.Span, start, index);
        while (members.Read())
        {
            var reader = ReviewJson.Start(members.Value);
            switch (ReviewMembers.Find(members.Name))
            {
                case "apiVersion": apiVersion = ReviewJson.ReadString(ref reader); break;
                case "kind": kind = ReviewJson.ReadString(ref reader); break;
                case "request": request = members.Value[0] == (byte)'n' ? -1 : members.Start; break;
            }
        }

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

        return request < 0
            ? throw new ReviewReadException("the AdmissionReview has no request")
            : AdmissionRequestReader.Read(body, request, index, version);
    }

    /// <summary>Has the framework's reader say where the text is not JSON.</summary>
    private static ReviewReadException NotJson(ReadOnlySpan<byte> body)
    {
        try
        {
            JsonScan.Validate(body, ReviewJson.MaxDepth);
        }
        catch (JsonException exception)
        {
            return NotWellFormed(exception);
        }

        return new ReviewReadException("the request body is not a well-formed AdmissionReview");
    }

    private static ReviewReadException NotWellFormed(Exception exception) =>
        new("the request body is not a well-formed AdmissionReview: " + Clip(exception.Message), exception);

    private static string Quote(string? value) => value is null ? "missing" : $"\"{Clip(value)}\"";

    // The text goes back to the caller, and to whoever reads the API server's log: short and on one line.
    private static string Clip(string text) => ShownText.ToLine(text, 200);
}

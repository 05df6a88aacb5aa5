using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AdmissionSdk.Reviews;

/// <summary>Step "Reviews (read)": bytes to <see cref="AdmissionRequest"/>. Copies no object, and takes null and missing alike (contract 4.2).</summary>
internal static class AdmissionReviewReader
{
    /// <summary>Nesting that kube-apiserver's own decoder stops at (10,000), plus the envelope. The handler's view has a tighter limit of its own.</summary>
    internal const int MaxDepth = 10_100;

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
            throw new ReviewReadException("the request body is not a well-formed AdmissionReview: " + Describe(exception), exception);
        }
    }

    private static AdmissionRequest ReadReview(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        string? apiVersion = null, kind = null;
        ReadOnlyMemory<byte> request = default;

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ReviewReadException("the request body is not a JSON object; expected an AdmissionReview");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("apiVersion"u8))
            {
                apiVersion = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                kind = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("request"u8))
            {
                request = ReadSlice(ref reader, body);
            }
            else
            {
                reader.Skip();
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

    /// <summary>The next value as a string; null stays null.</summary>
    internal static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    /// <summary>The next value as a slice of <paramref name="body"/>; empty when it is null.</summary>
    internal static ReadOnlyMemory<byte> ReadSlice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    private static string Quote(string? value) => value is null ? "missing" : $"\"{Clip(value)}\"";

    // The text goes back to the caller, and to whoever reads the API server's log; keep it short and on one line.
    private static string Describe(Exception exception) => Clip(exception.Message);

    private static string Clip(string text)
    {
        const int limit = 200;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= limit ? line : line[..limit] + "…";
    }
}

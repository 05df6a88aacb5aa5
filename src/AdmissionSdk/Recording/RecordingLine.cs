using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Recording;

/// <summary>Writes a line of a recording: <c>time</c>, <c>webhook</c>, <c>path</c>, <c>status</c>, <c>review</c>, <c>response</c>.</summary>
internal sealed class RecordingLine(ReviewRedactor redactor)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    /// <summary>Writes an exchange; false when the request is not a review.</summary>
    public bool TryWrite(CapturedExchange exchange, IBufferWriter<byte> output)
    {
        try
        {
            if (Parse(exchange.Review) is not { } review)
            {
                return false;
            }

            using (var writer = new Utf8JsonWriter(output))
            {
                Write(writer, exchange, redactor.RedactReview(review), exchange.Status == 200 ? redactor.RedactResponse(Parse(exchange.Response), review) : null);
            }

            output.Write("\n"u8);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            // Unreadable JSON cannot be redacted, so nothing is written.
            return false;
        }
    }

    private static void Write(Utf8JsonWriter writer, CapturedExchange exchange, JsonObject review, JsonObject? response)
    {
        writer.WriteStartObject();
        writer.WriteString("time"u8, exchange.Time);
        writer.WriteString("webhook"u8, exchange.Webhook);
        writer.WriteString("path"u8, exchange.Path);
        writer.WriteNumber("status"u8, exchange.Status);
        writer.WritePropertyName("review"u8);
        review.WriteTo(writer);
        writer.WritePropertyName("response"u8);
        if (response is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            response.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> json) => JsonNode.Parse(json.Span, documentOptions: Deep) as JsonObject;
}

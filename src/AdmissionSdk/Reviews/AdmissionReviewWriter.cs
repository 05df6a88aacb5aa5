using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using AdmissionSdk.Quoting;

namespace AdmissionSdk.Reviews;

/// <summary>
/// Step "Reviews (write)": the response to bytes. The only place that sets uid, apiVersion, code, patch and patchType; the envelope written here
/// is never one that the API server refuses (contract 9.5 to 9.8: checks come before <c>allowed</c>, so a flawed denial admits under Ignore).
/// </summary>
internal static class AdmissionReviewWriter
{
    // The API server's decoder needs no HTML escaping; without it names and quotes in messages stay readable on the wire.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // A multiple of three, so that the parts of a patch in base64 follow one another without padding.
    private const int PatchPart = 3 * 16 * 1024;

    /// <summary>Writes the review that answers <paramref name="request"/>, as UTF-8 without a byte order mark (contract 9.3).</summary>
    public static void Write(IBufferWriter<byte> output, AdmissionRequest request, AdmissionResponse response)
    {
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        WriteStart(writer, request, response);
        if (response.Decision == AdmissionDecision.Allow && !response.Patch.IsEmpty)
        {
            writer.WriteString("patchType"u8, "JSONPatch"u8);
            writer.WriteBase64String("patch"u8, response.Patch.Span);
        }

        WriteEnd(writer, response);
        writer.Flush();
    }

    /// <summary>Writes the same in parts, each as the one before has been taken, so that a large patch does not lie in memory a second time.</summary>
    public static async Task WriteAsync(PipeWriter output, AdmissionRequest request, AdmissionResponse response, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(output, WriterOptions);
        WriteStart(writer, request, response);
        writer.WriteString("patchType"u8, "JSONPatch"u8);
        writer.WritePropertyName("patch"u8);
        for (var patch = response.Patch; !patch.IsEmpty; patch = patch[Math.Min(PatchPart, patch.Length)..])
        {
            writer.WriteBase64StringSegment(patch.Span[..Math.Min(PatchPart, patch.Length)], isFinalSegment: patch.Length <= PatchPart);
            writer.Flush();
            await output.FlushAsync(cancellationToken);
        }

        WriteEnd(writer, response);
        writer.Flush();
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteStart(Utf8JsonWriter writer, AdmissionRequest request, AdmissionResponse response)
    {
        if (response.Decision == AdmissionDecision.Fail)
        {
            throw new InvalidOperationException("A failure has no envelope; it is answered with an HTTP error so that failurePolicy decides.");
        }

        writer.WriteStartObject();
        writer.WriteString("kind"u8, "AdmissionReview"u8);
        // Contract 9.7: a response in another version than the request's is a call error.
        writer.WriteString("apiVersion"u8, request.Version == ReviewVersion.V1 ? "admission.k8s.io/v1"u8 : "admission.k8s.io/v1beta1"u8);
        writer.WriteStartObject("response"u8);
        writer.WriteString("uid"u8, request.Uid);
        writer.WriteBoolean("allowed"u8, response.Decision == AdmissionDecision.Allow);
        if (response.Decision == AdmissionDecision.Deny)
        {
            WriteStatus(writer, request, response);
        }
    }

    private static void WriteEnd(Utf8JsonWriter writer, AdmissionResponse response)
    {
        WriteNotes(writer, response);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, AdmissionRequest request, AdmissionResponse response)
    {
        writer.WriteStartObject("status"u8);
        writer.WriteString("status"u8, "Failure"u8);
        writer.WriteString("message"u8, ShownText.ToLine(response.Message!, ResponseLimits.MessageLength));
        if (response.Reason is not null)
        {
            writer.WriteString("reason"u8, Name(response.Reason));
        }

        writer.WriteNumber("code"u8, response.Code);
        if (response.Causes.Count > 0 || response.RetryAfterSeconds > 0)
        {
            WriteDetails(writer, request, response);
        }

        writer.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter writer, AdmissionRequest request, AdmissionResponse response)
    {
        writer.WriteStartObject("details"u8);
        if (response.Causes.Count > 0)
        {
            WriteCauses(writer, request, response.Causes);
        }

        if (response.RetryAfterSeconds > 0)
        {
            // Contract 10.5: becomes a Retry-After header for the user's client.
            writer.WriteNumber("retryAfterSeconds"u8, response.RetryAfterSeconds);
        }

        writer.WriteEndObject();
    }

    // Contract 10.4: with causes kubectl prints `The <kind> "<name>" is invalid: <causes>`, so kind and name are needed.
    private static void WriteCauses(Utf8JsonWriter writer, AdmissionRequest request, IReadOnlyList<FieldError> causes)
    {
        writer.WriteString("name"u8, Name(request.Name));
        writer.WriteString("group"u8, Name(request.Kind.Group));
        writer.WriteString("kind"u8, Name(request.Kind.Kind));
        writer.WriteStartArray("causes"u8);
        foreach (var cause in causes.Take(ResponseLimits.Causes))
        {
            WriteCause(writer, cause);
        }

        if (causes.Count > ResponseLimits.Causes)
        {
            WriteCause(writer, new FieldError("…", $"{causes.Count - ResponseLimits.Causes} more are left out"));
        }

        writer.WriteEndArray();
    }

    private static void WriteCause(Utf8JsonWriter writer, FieldError cause)
    {
        writer.WriteStartObject();
        writer.WriteString("reason"u8, Name(cause.Reason));
        writer.WriteString("message"u8, ShownText.ToLine(cause.Message, ResponseLimits.CauseLength));
        writer.WriteString("field"u8, ShownText.ToLine(cause.Field, ResponseLimits.CauseLength));
        writer.WriteEndObject();
    }

    private static string Name(string text) => ShownText.ToLine(text, ResponseLimits.NameLength);

    private static void WriteNotes(Utf8JsonWriter writer, AdmissionResponse response)
    {
        if (response.Warnings.Count > 0)
        {
            writer.WriteStartArray("warnings"u8);
            foreach (var warning in response.Warnings)
            {
                writer.WriteStringValue(warning);
            }

            writer.WriteEndArray();
        }

        if (response.AuditAnnotations.Count > 0)
        {
            writer.WriteStartObject("auditAnnotations"u8);
            foreach (var (key, value) in response.AuditAnnotations)
            {
                // Texts of this library too, such as the one of audit mode.
                writer.WriteString(key, ShownText.ToLine(value, ResponseLimits.AnnotationLength));
            }

            writer.WriteEndObject();
        }
    }
}

using System.Buffers;
using AdmissionSdk.Reviews;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>Sends a review's response: a small one at once and with its length, so that it leaves in one piece; a large one in parts, as the caller takes them.</summary>
internal static class ReviewResponse
{
    // The envelope with a patch of this size, and the texts that go with it, fit into the buffer that Kestrel has for a response.
    private const int LargestAtOnce = 16 * 1024;

    public static async Task WriteAsync(HttpContext http, AdmissionRequest request, AdmissionResponse response)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        if (response.Decision == AdmissionDecision.Allow && response.Patch.Length > LargestAtOnce)
        {
            await AdmissionReviewWriter.WriteAsync(http.Response.BodyWriter, request, response, http.RequestAborted);
            return;
        }

        var envelope = new ArrayBufferWriter<byte>(512 + (response.Patch.Length * 4 / 3));
        AdmissionReviewWriter.Write(envelope, request, response);
        http.Response.ContentLength = envelope.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(envelope.WrittenMemory, http.RequestAborted);
    }
}

using System.Buffers;

namespace AdmissionSdk.LoadServer;

/// <summary>The least that any webhook does: Kestrel reads the body, and a constant is written.</summary>
internal static class Ceiling
{
    private static readonly byte[] Response =
        """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"b4e4a693-ebe0-4610-90f0-dbfc714b34d3","allowed":true}}"""u8.ToArray();

    public static async Task HandleAsync(HttpContext http)
    {
        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Response.Length;
        http.Response.BodyWriter.Write(Response);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}

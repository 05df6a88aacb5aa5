using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.Hosting;

/// <summary>Writes a response that is not a review: one line of text/plain, because the API server passes on nothing else (contract 9.2).</summary>
internal static class PlainText
{
    public static Task WriteAsync(HttpContext http, int status, string line)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(line + "\n", http.RequestAborted);
    }
}

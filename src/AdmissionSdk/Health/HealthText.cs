using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AdmissionSdk.Health;

/// <summary>Writes one line a check, which <c>kubectl describe</c> and <c>curl</c> show as they are.</summary>
internal static class HealthText
{
    public static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        var lines = report.Entries.Select(entry =>
            $"{entry.Key}: {entry.Value.Status}{(entry.Value.Description is { Length: > 0 } text ? $" ({text})" : "")}");
        return http.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. lines]) + "\n", http.RequestAborted);
    }
}

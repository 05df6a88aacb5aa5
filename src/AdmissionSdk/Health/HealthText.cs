using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AdmissionSdk.Health;

/// <summary>Writes one line for each check, readable in <c>kubectl describe</c> and <c>curl</c>.</summary>
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

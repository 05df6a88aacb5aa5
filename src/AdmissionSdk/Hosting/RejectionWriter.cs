using AdmissionSdk.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>Turns requests away, each counted and logged.</summary>
internal sealed class RejectionWriter(AdmissionMetrics metrics, ILogger<RejectionWriter> logger)
{
    /// <summary>Counts and logs a request that is answered elsewhere.</summary>
    public void Note(string webhook, Rejection rejection)
    {
        metrics.Rejected(webhook, rejection.Reason);
        logger.RequestRejected(webhook, rejection.Reason, rejection.Status);
    }

    public Task WriteAsync(HttpContext http, string webhook, Rejection rejection)
    {
        Note(webhook, rejection);
        if (rejection.Line is { } line)
        {
            return PlainText.WriteAsync(http, rejection.Status, line);
        }

        http.Abort();
        return Task.CompletedTask;
    }
}

using AdmissionSdk.Dispatch;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AdmissionSdk.Health;

/// <summary>
/// Reports full slots and hanging handlers as a detail beside readiness, never as unhealthy: when a shared dependency hangs, taking replicas out of
/// service or restarting them makes matters worse.
/// </summary>
internal sealed class LoadCheck(WebhookRuntimes webhooks, AbandonedCalls abandoned) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<string> details = [.. webhooks.All.Where(webhook => webhook.FreeSlots == 0).Select(webhook => $"{webhook.Name}: all slots taken")];
        if (abandoned.Count > 0)
        {
            details.Add($"{abandoned.Count} handlers outlived their review");
        }

        return Task.FromResult(details.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", details)));
    }
}

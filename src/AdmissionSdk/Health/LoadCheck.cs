using AdmissionSdk.Dispatch;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AdmissionSdk.Health;

/// <summary>
/// A detail beside readiness: whether slots are full or handlers hang. Never unhealthy: to take replicas out of service, or to restart them, because
/// something they all depend on hangs makes it worse.
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

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageRegistryWebhook.Reloading;

/// <summary>Reports that an older policy than the file's is in force. Never unhealthy, since all replicas read the same file.</summary>
internal sealed class PolicyHealthCheck(LivePolicy policy) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(policy.Problem is { } problem
            ? HealthCheckResult.Degraded($"an older policy is in force: {problem}")
            : HealthCheckResult.Healthy());
}

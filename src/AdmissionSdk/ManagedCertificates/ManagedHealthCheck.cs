using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>
/// Unhealthy while the cluster's configurations do not trust the certificate that this replica serves: the API server cannot call it then. Everything
/// else that is wrong with managed certificates is a detail.
/// </summary>
internal sealed class ManagedHealthCheck(ManagedStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        status.Obstacle is { } obstacle ? HealthCheckResult.Unhealthy(obstacle)
        : status.Problems is { Count: > 0 } problems ? HealthCheckResult.Degraded(string.Join("; ", problems))
        : HealthCheckResult.Healthy());
}

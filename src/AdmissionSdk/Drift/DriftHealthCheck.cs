using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AdmissionSdk.Drift;

/// <summary>
/// Reports drift as a detail beside readiness, never as unhealthy: all replicas share the configurations and would go out of service together, and
/// drift is normal between the roll-out of new code and <c>apply</c>.
/// </summary>
internal sealed class DriftHealthCheck(DriftReport report) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Text() is { } text ? HealthCheckResult.Degraded(text) : HealthCheckResult.Healthy());

    private string? Text()
    {
        if (report.IsOff)
        {
            return null;
        }

        if (report.Failure is { } reason)
        {
            return $"drift unknown: {reason}";
        }

        return report.Drifts is { Count: > 0 } drifts
            ? string.Join("; ", drifts.GroupBy(drift => drift.Configuration, StringComparer.Ordinal).Select(group => $"{group.Key} differs from the code: {group.First()}{More(group.Count())}"))
            : null;
    }

    private static string More(int count) => count == 1 ? "" : $", and {count - 1} more";
}

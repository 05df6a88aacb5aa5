using AdmissionSdk.Certificates;
using AdmissionSdk.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Health;

/// <summary>
/// Reports if reviews may be sent to this replica: started, not draining, a usable certificate, first syncs done. Nothing that all replicas share
/// may fail this check, because all replicas would then go out of service together.
/// </summary>
internal sealed class ReadinessCheck(
    IHostApplicationLifetime lifetime, DrainState drain, IEnumerable<IStartupGate> gates, ServingCertificate? certificate = null, ClientAuthority? clients = null) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var obstacle = FindObstacle();
        return Task.FromResult(obstacle is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(obstacle));
    }

    private string? FindObstacle()
    {
        if (drain.Phase != DrainPhase.Serving)
        {
            return "draining";
        }

        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return "not started yet";
        }

        if (certificate is { IsUsable: false })
        {
            return certificate.NotAfter is null ? "no certificate" : "the certificate is not valid now";
        }

        if (clients is { IsRequired: true, IsKnown: false })
        {
            return "no authority of client certificates";
        }

        return gates.FirstOrDefault(gate => !gate.IsOpen)?.WaitingFor;
    }
}

using AdmissionSdk.Certificates;
using AdmissionSdk.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Health;

/// <summary>
/// Whether reviews may be sent here: started, not on the way out, a usable certificate, first syncs done. Nothing that all replicas share can make it
/// fail, because then all of them would go at once, and the webhook with them.
/// </summary>
internal sealed class ReadinessCheck(
    IHostApplicationLifetime lifetime, DrainState drain, IEnumerable<IStartupGate> gates, ServingCertificate? certificate = null, ClientAuthority? clients = null) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var why = Why();
        return Task.FromResult(why is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(why));
    }

    private string? Why()
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

using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>What is to be said once, when the application has started, and all who listen to metrics and logs do too.</summary>
internal sealed class StartReport(
    AdmissionMetrics metrics, WebhookRuntimes webhooks, AdmissionEndpoint endpoint, IHostApplicationLifetime lifetime, ILogger<StartReport> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Report);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Report()
    {
        foreach (var webhook in webhooks.All)
        {
            metrics.Begin(webhook.Name, FailureTag.All, RejectionReasons.All);
        }

        if (!endpoint.IsMapped && webhooks.All.Count > 0)
        {
            logger.NotMapped(webhooks.All.Count);
        }
    }
}

using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>Reports once, when the application and all who listen to metrics and logs have started.</summary>
internal sealed class StartReport(
    AdmissionMetrics metrics, WebhookRuntimes webhooks, MappedState mapped, IHostApplicationLifetime lifetime, ILogger<StartReport> logger)
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
            metrics.Begin(webhook.Name, MetricTags.Failures, RejectionReasons.All);
        }

        if (!mapped.IsMapped && webhooks.All.Count > 0)
        {
            logger.NotMapped(webhooks.All.Count);
        }
        else
        {
            foreach (var webhook in webhooks.All)
            {
                logger.Serves(webhook.Name, webhook.Descriptor.Path, webhook.Descriptor.Type);
            }
        }
    }
}

using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>
/// Lets the thread pool have a thread at once for every handler that may block one, and some for the server and its timers: the pool adds threads
/// beyond its minimum about one a second, and until then no response, no deadline and no probe would be served.
/// </summary>
internal sealed class ThreadPoolMinimum(WebhookRuntimes webhooks, ILogger<ThreadPoolMinimum> logger) : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Raise();
        webhooks.Changed += Raise;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => webhooks.Changed -= Raise;

    private void Raise()
    {
        var needed = webhooks.All.Sum(webhook => webhook.Settings.MaxConcurrentReviews) + (2 * Environment.ProcessorCount);
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        if (workers >= needed)
        {
            return;
        }

        if (ThreadPool.SetMinThreads(needed, completionPorts))
        {
            logger.ThreadPoolRaised(workers, needed);
        }
        else
        {
            logger.ThreadPoolNotRaised(workers, needed);
        }
    }
}

using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.WarmUp;

/// <summary>
/// Reviews a made-up object of every registered type before the application counts as started, and so before it is ready: the code of a review is
/// compiled and the metadata of the types are built by then. A roll-out would else meet its first reviews with a replica that takes seconds for them.
/// </summary>
internal sealed class WarmUpService(WebhookRuntimes webhooks, WarmUpEndpoint endpoint, TimeProvider time, ILogger<WarmUpService> logger) : IHostedLifecycleService
{
    // A model that hangs when it is read must not keep the application from its start.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs when the servers listen, so that the probe of liveness is answered meanwhile, and before the readiness probe may succeed.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // Elsewhere, because a model may also block.
            var reviewed = await Task.Run(() => ReviewAsync(stop.Token), CancellationToken.None).WaitAsync(Limit, time, cancellationToken);
            logger.WarmedUp(reviewed, time.GetElapsedTime(begin).TotalMilliseconds);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            logger.WarmUpTooSlow(Limit);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The start was given up, which its host reports.
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>The number of types that were reviewed.</returns>
    private async Task<int> ReviewAsync(CancellationToken cancellationToken)
    {
        var reviewed = 0;
        var handlers = webhooks.All.SelectMany(webhook => webhook.Descriptor.Handlers, (webhook, handler) => (webhook.Descriptor.Type, handler));
        foreach (var (type, handler) in handlers.DistinctBy(pair => (pair.Type, pair.handler.ObjectType)))
        {
            try
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    break;
                }

                if (await endpoint.ReviewAsync(type, handler, cancellationToken) is { } reason)
                {
                    logger.WarmedUpInPart(handler.ObjectType.Name, reason);
                }

                reviewed++;
            }
            catch (Exception exception)
            {
                // Reviews of the type work or fail by themselves; the application starts all the same.
                logger.NotWarmedUp(handler.ObjectType.Name, exception.Message);
            }
        }

        return reviewed;
    }
}

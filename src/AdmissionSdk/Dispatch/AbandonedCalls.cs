using AdmissionSdk.Observability;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Counts calls whose review was answered before the handler ended. Most calls end a moment later, because their token fired; a call that does not keeps a
/// slot, a request body and maybe a thread.
/// </summary>
internal sealed class AbandonedCalls(AdmissionMetrics metrics, TimeProvider time, ILogger<AbandonedCalls> logger)
{
    /// <summary>The time that a handler has to notice its token before a line is logged.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private int _count;

    /// <summary>The number of calls that run now.</summary>
    public int Count => Volatile.Read(ref _count);

    public async Task FollowAsync(WebhookRuntime webhook, Task work)
    {
        Change(webhook, 1);
        try
        {
            await work.WaitAsync(Grace, time);
        }
        catch (TimeoutException)
        {
            logger.Abandoned(webhook.Name);
            await work;
        }
        finally
        {
            Change(webhook, -1);
        }
    }

    private void Change(WebhookRuntime webhook, int change)
    {
        Interlocked.Add(ref _count, change);
        metrics.Abandoned(webhook.Name, change);
    }
}

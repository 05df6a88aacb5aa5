using AdmissionSdk.Observability;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Dispatch;

/// <summary>
/// Counts calls whose review was answered before their handler ended. Most end a moment later, because their token fired; those that do not keep a
/// slot, a request body and maybe a thread.
/// </summary>
internal sealed class AbandonedCalls(AdmissionMetrics metrics, TimeProvider time, ILogger<AbandonedCalls> logger)
{
    /// <summary>How long a handler has to notice its token before a line is logged.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private int _count;

    /// <summary>How many run now.</summary>
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

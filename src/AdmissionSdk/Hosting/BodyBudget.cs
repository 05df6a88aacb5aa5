using AdmissionSdk.Memory;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>The memory that request bodies, and all that reviews become, may take in the whole process, so that no caller can exhaust the memory.</summary>
internal sealed class BodyBudget(IOptions<AdmissionWebhookOptions> options, MemoryAllowance allowance)
{
    private readonly long _limit = options.Value.MaxBytesInFlight ?? allowance.Reviews;
    private long _used;

    public long Limit => _limit;

    public long Used => Volatile.Read(ref _used);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= _limit)
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Takes what is there already, such as a response that outlives its review.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _used, bytes);

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}

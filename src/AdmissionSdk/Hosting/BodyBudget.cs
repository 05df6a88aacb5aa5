using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>The memory that request bodies, and the objects read from bodies, may take in the whole process, so that no caller can exhaust the memory.</summary>
internal sealed class BodyBudget(IOptions<AdmissionWebhookOptions> options)
{
    private readonly long _limit = options.Value.MaxBytesInFlight;
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

    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}

using AdmissionSdk.Memory;

namespace AdmissionSdk.Tests.Memory.Support;

/// <summary>Has room for everything, and counts.</summary>
internal sealed class CountedMemory : IReviewMemory
{
    public long Charged { get; private set; }

    public bool TryCharge(long bytes)
    {
        Charged += bytes;
        return true;
    }

    public void Return(long bytes) => Charged -= bytes;
}

namespace AdmissionSdk.Memory;

/// <summary>A part of a review's memory that is given back before the review ends.</summary>
internal readonly struct MemoryCharge : IDisposable
{
    private readonly IReviewMemory? _memory;
    private readonly long _bytes;

    private MemoryCharge(IReviewMemory memory, long bytes) => (_memory, _bytes) = (memory, bytes);

    /// <exception cref="ReviewMemoryException">It does not fit.</exception>
    public static MemoryCharge Take(IReviewMemory memory, long bytes)
    {
        ReviewMemoryException.ThrowIfOver(memory, bytes);
        return new(memory, bytes);
    }

    public void Dispose() => _memory?.Return(_bytes);
}

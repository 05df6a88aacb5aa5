namespace AdmissionSdk.Memory;

/// <summary>A review needs more memory than the budget has, and has not got it. Says nothing of the object, and is not a defect.</summary>
internal sealed class ReviewMemoryException() : Exception("the review does not fit into the memory that is free (MaxBytesInFlight)")
{
    /// <summary>Charges a review, if there is somebody who counts.</summary>
    /// <exception cref="ReviewMemoryException">It does not fit.</exception>
    public static void ThrowIfOver(IReviewMemory? memory, long bytes)
    {
        if (memory?.TryCharge(bytes) == false)
        {
            throw new ReviewMemoryException();
        }
    }
}

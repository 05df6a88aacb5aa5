namespace AdmissionSdk.Memory;

/// <summary>The memory that one review holds of the process's budget, until the review ends.</summary>
internal interface IReviewMemory
{
    /// <summary>Charges more. False, and nothing charged, if that does not fit.</summary>
    bool TryCharge(long bytes);

    /// <summary>Gives back what was charged, before the review ends.</summary>
    void Return(long bytes);
}

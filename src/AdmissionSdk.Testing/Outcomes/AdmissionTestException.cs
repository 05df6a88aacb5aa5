namespace AdmissionSdk.Testing;

/// <summary>What a test expected did not happen. The message says what was sent, what came back, and what is wrong with it.</summary>
/// <remarks>Any test framework reports it as a failure; none is referenced.</remarks>
public sealed class AdmissionTestException : Exception
{
    internal AdmissionTestException(string message, ReadOnlyMemory<byte> review)
        : base(message) => Review = review;

    /// <summary>The review that shows it, to be sent again with <see cref="AdmissionReviewBuilder.FromReview(byte[])"/>.</summary>
    public ReadOnlyMemory<byte> Review { get; }
}

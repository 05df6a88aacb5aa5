namespace AdmissionSdk.Testing;

/// <summary>A failed expectation of a test. The message describes the review, the response and the failure.</summary>
/// <remarks>Every test framework reports the exception as a failure. The package does not reference a test framework.</remarks>
public sealed class AdmissionTestException : Exception
{
    internal AdmissionTestException(string message, ReadOnlyMemory<byte> review, Exception? cause = null)
        : base(message, cause) => Review = review;

    /// <summary>The review that shows the failure, to be sent again with <see cref="AdmissionReviewBuilder.FromReview(byte[])"/>.</summary>
    public ReadOnlyMemory<byte> Review { get; }
}

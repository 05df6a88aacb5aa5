namespace AdmissionSdk.Reviews;

/// <summary>The body is not an AdmissionReview that can be answered. The message names the fault and is sent to the caller.</summary>
internal sealed class ReviewReadException(string message, Exception? innerException = null) : Exception(message, innerException);

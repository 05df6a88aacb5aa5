namespace AdmissionSdk.WarmUp;

/// <summary>A made-up review without a decision.</summary>
/// <param name="message">The response.</param>
internal sealed class WarmUpException(string message) : Exception(message);

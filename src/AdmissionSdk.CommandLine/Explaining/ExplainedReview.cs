namespace AdmissionSdk.CommandLine.Explaining;

/// <summary>A review to explain.</summary>
/// <param name="Place">The file, with the line in a recording.</param>
/// <param name="Uid">The uid of the request.</param>
/// <param name="Review">The AdmissionReview.</param>
/// <param name="Webhook">The webhook to which a recorded review went; null for a review that was not recorded.</param>
/// <param name="Response">The recorded response; empty without one.</param>
internal sealed record ExplainedReview(string Place, string Uid, byte[] Review, string? Webhook, byte[] Response);

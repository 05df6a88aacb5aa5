namespace AdmissionSdk.Testing.Checks;

/// <summary>A property does not hold.</summary>
/// <param name="Text">What happened, in a line or more.</param>
/// <param name="Review">The review that shows it.</param>
internal sealed record Violation(string Text, AdmissionReviewBuilder Review);

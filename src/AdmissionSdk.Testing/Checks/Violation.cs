namespace AdmissionSdk.Testing.Checks;

/// <summary>A property does not hold.</summary>
/// <param name="Text">The description, in a line or more.</param>
/// <param name="Review">The review that shows the violation.</param>
internal sealed record Violation(string Text, AdmissionReviewBuilder Review);

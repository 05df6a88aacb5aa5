namespace AdmissionSdk.Registration;

/// <summary>A flaw of a match condition.</summary>
/// <param name="Kind">The kind of the flaw.</param>
/// <param name="Message">The flaw as a sentence without its subject, with the condition's name.</param>
internal sealed record ConditionFlaw(ConditionFlawKind Kind, string Message);

namespace ImageRegistryWebhook.Policies;

/// <summary>What the engine would like to know of a registry before it decides.</summary>
/// <param name="Kind">What.</param>
/// <param name="Image">Of which image; one at a target of the policy or at an image's own registry.</param>
/// <param name="Terms">Who may be asked, and for how long: what the policy says that the question comes from.</param>
internal sealed record RegistryQuestion(RegistryQuestionKind Kind, string Image, LookupTerms Terms);

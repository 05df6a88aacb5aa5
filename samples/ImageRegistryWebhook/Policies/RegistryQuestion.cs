namespace ImageRegistryWebhook.Policies;

/// <summary>A question of the engine for a registry.</summary>
/// <param name="Kind">The kind of the question.</param>
/// <param name="Image">The image, at a target of the policy or at its own registry.</param>
/// <param name="Terms">The terms of the policy that asks.</param>
internal sealed record RegistryQuestion(RegistryQuestionKind Kind, string Image, LookupTerms Terms);

using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Reloading;

/// <summary>What came of reading the policy file.</summary>
/// <param name="Engine">The policy's engine; null if there are errors.</param>
/// <param name="Errors">Everything that is wrong, with its place.</param>
/// <param name="Warnings">What is allowed and hardly meant.</param>
internal sealed record PolicyFileLoad(PolicyEngine? Engine, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);

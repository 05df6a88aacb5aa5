using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Reloading;

/// <summary>The result of reading the policy file.</summary>
/// <param name="Engine">The policy's engine; null if there are errors.</param>
/// <param name="Errors">All errors, with file, line and column.</param>
/// <param name="Warnings">Valid parts of the policy that are probably mistakes.</param>
internal sealed record PolicyFileLoad(PolicyEngine? Engine, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);

namespace ImageRegistryWebhook.Policies;

/// <summary>The result of reading a policy.</summary>
/// <param name="Policy">The policy; null if there are errors.</param>
/// <param name="Errors">All errors, in the order of the file.</param>
/// <param name="Warnings">Valid parts of the policy that are probably mistakes.</param>
internal sealed record PolicyLoad(Policy? Policy, IReadOnlyList<PolicyProblem> Errors, IReadOnlyList<PolicyProblem> Warnings);

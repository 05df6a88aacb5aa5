namespace ImageRegistryWebhook.Tests.Support;

/// <summary>The decisions of policy and handler about one request, compared.</summary>
/// <param name="IsAllowed">True if the policy allows.</param>
/// <param name="Cost">The cost of the policy.</param>
/// <param name="Problem">What is wrong; null for nothing.</param>
/// <param name="Stricter">The reason for which the policy may deny what the handler allows; null if both decide alike.</param>
internal sealed record GuardComparison(bool IsAllowed, long Cost, string? Problem, string? Stricter);

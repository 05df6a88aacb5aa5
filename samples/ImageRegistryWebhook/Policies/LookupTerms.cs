using System.Collections.Frozen;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// Under which terms registries are asked. A pod's author chooses the image, and so would choose whom the webhook talks to; therefore only registries
/// that the policy names are asked: targets, and those that rules list in full. A wildcard names no registry.
/// </summary>
/// <param name="Registries">The registries that may be asked.</param>
/// <param name="Timeout">How long one answer may take, everything included.</param>
/// <param name="Cache">How long an answer is remembered.</param>
internal sealed record LookupTerms(FrozenSet<RegistryHost> Registries, TimeSpan Timeout, TimeSpan Cache)
{
    /// <summary>Nobody may be asked.</summary>
    public static readonly LookupTerms None = new([], TimeSpan.FromSeconds(1), TimeSpan.Zero);

    /// <summary>The terms of a policy.</summary>
    public static LookupTerms Of(Policy policy)
    {
        var targets = policy.Rules.Select(rule => rule.Target?.Host).OfType<RegistryHost>();
        var listed = policy.Rules.SelectMany(rule => rule.Match.Registries ?? []).Where(pattern => !pattern.IsWildcard).Select(pattern => pattern.Host);
        return new LookupTerms(targets.Concat(listed).ToFrozenSet(), policy.Check.Timeout, policy.Check.Cache);
    }
}

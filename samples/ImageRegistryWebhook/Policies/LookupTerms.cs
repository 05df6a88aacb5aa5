using System.Collections.Frozen;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// The terms of asking registries. A pod's author chooses the image, and must not choose the hosts that the webhook connects to. So only registries that
/// the policy names are asked: targets, and registries that rules list in full. A wildcard does not name a registry.
/// </summary>
/// <param name="Registries">The registries that may be asked.</param>
/// <param name="Timeout">The time that one look-up may take, everything included.</param>
/// <param name="Cache">The time that a result is remembered.</param>
internal sealed record LookupTerms(FrozenSet<RegistryHost> Registries, TimeSpan Timeout, TimeSpan Cache)
{
    /// <summary>Terms by which no registry may be asked.</summary>
    public static readonly LookupTerms None = new([], TimeSpan.FromSeconds(1), TimeSpan.Zero);

    /// <summary>The terms of a policy.</summary>
    public static LookupTerms Of(Policy policy)
    {
        var targets = policy.Rules.Select(rule => rule.Target?.Host).OfType<RegistryHost>();
        var listed = policy.Rules.SelectMany(rule => rule.Match.Registries ?? []).Where(pattern => !pattern.IsWildcard).Select(pattern => pattern.Host);
        return new LookupTerms(targets.Concat(listed).ToFrozenSet(), policy.Check.Timeout, policy.Check.Cache);
    }
}

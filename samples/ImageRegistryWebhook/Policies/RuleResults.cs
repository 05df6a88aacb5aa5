namespace ImageRegistryWebhook.Policies;

/// <summary>What images look like after a policy has changed them, as matches of at most one registry, repository and tag.</summary>
internal static class RuleResults
{
    /// <summary>What a rule has rewritten.</summary>
    /// <param name="rule">A rule with a target.</param>
    /// <param name="pin">How images get a digest, or null.</param>
    public static IEnumerable<RuleMatch> Rewritten(PolicyRule rule, PinSection? pin)
    {
        var target = rule.Target!;
        var results = RuleAlgebra.Parts(rule.Match with
        {
            Registries = [new RegistryPattern(target.Host, false, target.Text)],
            Repositories = [.. Repositories(rule)],
        }).ToList();
        // An image for which no digest is known keeps its tag, or does not get this far.
        var unpinned = pin?.DenyOnMiss == true
            ? results.Where(result => result.Digest != DigestMatch.Absent).Select(result => result with { Digest = DigestMatch.Present })
            : results;
        return pin is null ? results : unpinned.Concat(results.SelectMany(Pinned));
    }

    /// <summary>What gets a digest where it is.</summary>
    /// <param name="match">The match of what is not rewritten.</param>
    public static IEnumerable<RuleMatch> PinnedInPlace(RuleMatch match) => RuleAlgebra.Parts(match).SelectMany(Pinned);

    // A digest is given to what has none, and makes of an image without a tag one that the tag "" does not mean.
    private static IEnumerable<RuleMatch> Pinned(RuleMatch part) => part.Digest == DigestMatch.Present ? []
        : [part with { Digest = DigestMatch.Present, Tags = part.Tags is [{ Pattern.Length: 0 }] ? [] : part.Tags }];

    private static IEnumerable<RepositoryPattern> Repositories(PolicyRule rule)
    {
        var target = rule.Target!;
        foreach (var repository in rule.Match.Repositories ?? [RepositoryPattern.Any])
        {
            if (rule.Path == RewritePath.HostInPath)
            {
                foreach (var host in Hosts(rule.Match))
                {
                    yield return repository.Below(target.Below(host));
                }

                continue;
            }

            foreach (var result in AtTarget(repository, target))
            {
                yield return result;
            }

            if (rule.Path == RewritePath.AsWritten && repository.Without("library") is { } written)
            {
                foreach (var result in AtTarget(written, target))
                {
                    yield return result;
                }
            }
        }
    }

    // A wildcard takes other names of Docker Hub too, and they become docker.io.
    private static IEnumerable<string> Hosts(RuleMatch match) =>
        match.Registries?.Select(registry => registry.IsWildcard ? "*" : RewriteTarget.Component(registry.Host)).Distinct() ?? ["*"];

    private static IEnumerable<RepositoryPattern> AtTarget(RepositoryPattern repository, RewriteTarget target) =>
        target.AddsLibrary ? repository.OnDockerHub() : [repository.Below(target.Prefix)];
}

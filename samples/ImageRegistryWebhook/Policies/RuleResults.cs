namespace ImageRegistryWebhook.Policies;

/// <summary>Images after a change by a policy, as matches of at most one registry, repository and tag.</summary>
internal static class RuleResults
{
    /// <summary>The results of a rewrite.</summary>
    /// <param name="rule">A rule with a target.</param>
    /// <param name="pin">The policy's section <c>pin</c>, or null.</param>
    public static IEnumerable<RuleMatch> Rewritten(PolicyRule rule, PinSection? pin)
    {
        var target = rule.Target!;
        var results = RuleAlgebra.Parts(rule.Match with
        {
            Registries = [new RegistryPattern(target.Host, false, target.Text)],
            Repositories = [.. Repositories(rule)],
        }).ToList();
        // An image without a known digest keeps its tag, or is denied.
        var unpinned = pin?.DenyOnMiss == true
            ? results.Where(result => result.Digest != DigestMatch.Absent).Select(result => result with { Digest = DigestMatch.Present })
            : results;
        return pin is null ? results : unpinned.Concat(results.SelectMany(Pinned));
    }

    /// <summary>The images that get a digest and are not rewritten.</summary>
    /// <param name="match">The match of the images.</param>
    public static IEnumerable<RuleMatch> PinnedInPlace(RuleMatch match) => RuleAlgebra.Parts(match).SelectMany(Pinned);

    // Only images without a digest get one. With a digest, an image without a tag no longer matches the tag "".
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

    // A wildcard also matches other names of Docker Hub, which become docker.io in the path.
    private static IEnumerable<string> Hosts(RuleMatch match) =>
        match.Registries?.Select(registry => registry.IsWildcard ? "*" : RewriteTarget.Component(registry.Host)).Distinct() ?? ["*"];

    private static IEnumerable<RepositoryPattern> AtTarget(RepositoryPattern repository, RewriteTarget target) =>
        target.AddsLibrary ? repository.OnDockerHub() : [repository.Below(target.Prefix)];
}

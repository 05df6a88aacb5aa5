namespace ImageRegistryWebhook.Policies;

/// <summary>
/// Compares two matches without an image: one may cover the other, or both may match a common image. An empty list of tags, which no policy has, stands for
/// images with a digest and without a tag, since no pattern of tags matches such images.
/// </summary>
internal static class RuleAlgebra
{
    /// <summary>The reason that a match matches no image; null if some image is possible.</summary>
    public static string? NeverMatches(RuleMatch match) =>
        match.Digest == DigestMatch.Present && match.Tags is not null && match.Tags.All(tag => tag.Pattern.Length == 0)
            ? "it wants a digest and, with the tag \"\", none"
        : match is { Namespaces: not null, NotNamespaces: not null } && match.Namespaces.All(@namespace => match.NotNamespaces.Any(not => not.Covers(@namespace)))
            ? "its notNamespaces take away all its namespaces"
        : null;

    /// <summary>Splits a match into matches of at most one registry, repository and tag. The tag "" implies no digest.</summary>
    public static IEnumerable<RuleMatch> Parts(RuleMatch match) =>
        from registry in Each(match.Registries)
        from repository in Each(match.Repositories)
        from tag in Each(match.Tags)
        let untagged = tag is [{ Pattern.Length: 0 }]
        where !untagged || match.Digest != DigestMatch.Present
        select match with { Registries = registry, Repositories = repository, Tags = tag, Digest = untagged ? DigestMatch.Absent : match.Digest };

    /// <summary>Tests if the first match matches every image that the other matches.</summary>
    public static bool Covers(RuleMatch match, RuleMatch other) =>
        All(match.Registries, other.Registries, (one, two) => one.Covers(two))
        && All(match.Repositories, other.Repositories ?? (match.Repositories is null ? null : [RepositoryPattern.Any]), (one, two) => one.Covers(two))
        && (match.Tags is null || (other.Tags is { Count: > 0 } && All(match.Tags, other.Tags, CoversTag)))
        && (match.Digest == DigestMatch.Any || match.Digest == other.Digest)
        && All(match.Namespaces, other.Namespaces, (one, two) => one.Covers(two))
        && (match.NotNamespaces is null || match.NotNamespaces.All(not => Excludes(other, not)))
        && All(match.Containers, other.Containers, (one, two) => one.Covers(two))
        && All(match.Users, other.Users, (one, two) => one.Covers(two))
        && Covers(match.PodLabels, other.PodLabels)
        && Covers(match.NamespaceLabels, other.NamespaceLabels);

    /// <summary>Tests if both matches may match a common image.</summary>
    public static bool Intersects(RuleMatch match, RuleMatch other) =>
        Any(match.Registries, other.Registries, (one, two) => one.Intersects(two))
        && Any(match.Repositories, other.Repositories, (one, two) => one.Intersects(two))
        && Any(match.Tags, other.Tags, (one, two) => one.Intersects(two))
        && (match.Digest == DigestMatch.Any || other.Digest == DigestMatch.Any || match.Digest == other.Digest)
        && Any(match.Namespaces, other.Namespaces, (one, two) => one.Intersects(two))
        && !(match.Namespaces is not null && match.Namespaces.All(@namespace => Excludes(other.NotNamespaces, @namespace)))
        && !(other.Namespaces is not null && other.Namespaces.All(@namespace => Excludes(match.NotNamespaces, @namespace)))
        && Any(match.Containers, other.Containers, (one, two) => one.Intersects(two))
        && Any(match.Users, other.Users, (one, two) => one.Intersects(two));

    // "" is not a pattern but the absence of a tag, and "*" does not match the absence.
    private static bool CoversTag(Glob one, Glob two) => one.Pattern.Length == 0 || two.Pattern.Length == 0 ? one == two : one.Covers(two);

    private static bool Covers(PolicyLabelSelector? one, PolicyLabelSelector? two) => one is null || one.Requirements.Count == 0 || (two is not null && one.Covers(two));

    // True if the other match never matches a namespace of the pattern.
    private static bool Excludes(RuleMatch other, Glob not) =>
        Excludes(other.NotNamespaces, not) || (other.Namespaces is not null && !other.Namespaces.Any(@namespace => @namespace.Intersects(not)));

    private static bool Excludes(IReadOnlyList<Glob>? notNamespaces, Glob @namespace) => notNamespaces?.Any(not => not.Covers(@namespace)) == true;

    private static bool All<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? two, Func<T, T, bool> covers) =>
        one is null || (two is not null && two.All(item => one.Any(pattern => covers(pattern, item))));

    private static bool Any<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? two, Func<T, T, bool> intersects) =>
        one is null || two is null || one.Any(pattern => two.Any(item => intersects(pattern, item)));

    private static IEnumerable<IReadOnlyList<T>?> Each<T>(IReadOnlyList<T>? list) => list is null ? [null] : list.Select(item => (IReadOnlyList<T>?)[item]);
}

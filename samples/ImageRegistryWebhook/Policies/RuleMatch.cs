using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>The conditions of a rule: all given conditions must hold. A list holds if one of its patterns matches.</summary>
internal sealed record RuleMatch
{
    // A DNS name; users can be longer.
    private const int LongestName = 253;

    public IReadOnlyList<RegistryPattern>? Registries { get; init; }

    public IReadOnlyList<RepositoryPattern>? Repositories { get; init; }

    /// <summary>Patterns of tags. The empty pattern matches an image with neither tag nor digest.</summary>
    public IReadOnlyList<Glob>? Tags { get; init; }

    public DigestMatch Digest { get; init; }

    public IReadOnlyList<Glob>? Namespaces { get; init; }

    public IReadOnlyList<Glob>? NotNamespaces { get; init; }

    public PolicyLabelSelector? NamespaceLabels { get; init; }

    public PolicyLabelSelector? PodLabels { get; init; }

    public IReadOnlyList<Glob>? Containers { get; init; }

    public IReadOnlyList<Glob>? Users { get; init; }

    private bool HasScope => Namespaces is not null || NotNamespaces is not null || Users is not null || PodLabels is not null || NamespaceLabels is not null;

    /// <summary>The condition that does not hold for the image; null if all hold, or may hold while the namespace's labels are not known.</summary>
    public string? Mismatch(ImageReference image, ImageContext context) =>
        Registries is not null && !Registries.Any(pattern => pattern.Matches(image)) ? $"registries: {image.Host} is none of them"
        : Repositories is not null && !Repositories.Any(pattern => pattern.Matches(image.Path)) ? $"repositories: {image.Path} is none of them"
        : Tags is not null && !Tags.Any(pattern => MatchesTag(pattern, image)) ? $"tags: {DescribeTag(image)}"
        : Digest == DigestMatch.Present && image.Digest is null ? "digest: there is none"
        : Digest == DigestMatch.Absent && image.Digest is not null ? "digest: there is one"
        : HasScope && context.ScopeMismatch(this) is { } mismatch ? mismatch
        : !Holds(Containers, context.Container) ? $"containers: {Describe(context.Container)}"
        : null;

    /// <summary>The condition that does not depend on the image and does not hold; null if all hold, or may hold while the namespace's labels are not known.</summary>
    public string? ScopeMismatch(ImageContext context) =>
        !Holds(Namespaces, context.Namespace) ? $"namespaces: {Describe(context.Namespace)}"
        : NotNamespaces is not null && context.Namespace is not null && Holds(NotNamespaces, context.Namespace) ? $"notNamespaces: {Clip(context.Namespace)} is one of them"
        : !Holds(Users, context.User) ? $"users: {Describe(context.User)}"
        : PodLabels is not null && !PodLabels.Matches(context.PodLabels) ? "podLabels: not selected"
        : NamespaceLabels is not null && context.NamespaceLabels is not null && !NamespaceLabels.Matches(context.NamespaceLabels) ? "namespaceLabels: not selected"
        : null;

    /// <summary>True if the namespace's labels are needed and not known.</summary>
    public bool NeedsNamespaceLabels(ImageContext context) => NamespaceLabels is not null && context.NamespaceLabels is null;

    /// <summary>Tests if a pattern of tags matches an image. The empty pattern matches an image with neither tag nor digest.</summary>
    public static bool MatchesTag(Glob pattern, ImageReference image) =>
        pattern.Pattern.Length == 0 ? image.Suffix.Length == 0 : image.Tag is not null && pattern.Matches(image.Tag);

    private static bool Holds(IReadOnlyList<Glob>? patterns, string? value) =>
        patterns is null || (value is not null && patterns.Any(pattern => pattern.Matches(value)));

    private static string Describe(string? value) => value is null ? "not given" : $"{Clip(value)} is none of them";

    /// <summary>The beginning of a name that the request chose, for a step's text.</summary>
    public static string Clip(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    private static string DescribeTag(ImageReference image) => image.Tag is null ? "there is none" : $"{image.Tag} is none of them";
}

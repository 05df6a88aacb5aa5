using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Guarding;

/// <summary>
/// Writes the conditions of rules as CEL, over the parts of an image <c>m</c>: <c>h</c> the host as named, <c>r</c> the registry, <c>p</c> the repository,
/// <c>t</c> the tag with its colon, <c>g</c> the digest with its @.
/// </summary>
internal static class RuleCel
{
    /// <summary>The conditions on image and container.</summary>
    public static string Match(RuleMatch match, string? scope)
    {
        List<string> conditions = [];
        if (match.Registries is { } registries)
        {
            conditions.Add(Registries(registries));
        }

        if (match.Repositories is { } repositories)
        {
            conditions.Add(CelText.Any([.. repositories.Select(Repository)]));
        }

        if (match.Tags is { } tags)
        {
            conditions.Add(CelText.Any([.. tags.Where(tag => tag.Pattern.Length == 0).Select(_ => "(m.t == '' && m.g == '')"), .. Tags(tags.Where(tag => tag.Pattern.Length > 0))]));
        }

        if (match.Digest != DigestMatch.Any)
        {
            conditions.Add(match.Digest == DigestMatch.Present ? "m.g != ''" : "m.g == ''");
        }

        if (match.Containers is { } containers)
        {
            conditions.Add("m.k == 'c'");
            conditions.Add(CelText.Globs("m.n", containers));
        }

        if (scope is not null)
        {
            conditions.Add(scope);
        }

        return CelText.All(conditions);
    }

    /// <summary>The conditions that do not depend on the image; null for none.</summary>
    public static string? Scope(RuleMatch match)
    {
        List<string> conditions = [];
        if (match.Namespaces is { } namespaces)
        {
            conditions.Add("variables.namespace != ''");
            conditions.Add(CelText.Globs("variables.namespace", namespaces));
        }

        if (match.NotNamespaces is { } others)
        {
            conditions.Add($"(variables.namespace == '' || !({CelText.Globs("variables.namespace", others)}))");
        }

        if (match.Users is { } users)
        {
            conditions.Add(CelText.Globs("variables.user", users));
        }

        conditions.AddRange((match.PodLabels?.Requirements ?? []).Select(requirement => Requirement("variables.podLabels", requirement)));
        conditions.AddRange((match.NamespaceLabels?.Requirements ?? []).Select(requirement => Requirement("variables.namespaceLabels", requirement)));
        return conditions.Count == 0 ? null : CelText.All(conditions);
    }

    /// <summary>Tests the tag of an image against patterns.</summary>
    public static IEnumerable<string> Tags(IEnumerable<Glob> patterns) => patterns.Any() ? [CelText.Globs("m.t", patterns, prefix: ":")] : [];

    private static string Registries(IReadOnlyList<RegistryPattern> patterns)
    {
        List<string> conditions = [];
        var exact = patterns.Where(pattern => !pattern.IsWildcard).Select(pattern => pattern.Host.ToString()).Distinct(StringComparer.Ordinal).ToList();
        if (exact.Count > 0)
        {
            conditions.Add(exact.Count == 1 ? $"m.r == {CelText.Quote(exact[0])}" : $"m.r in {CelText.List(exact)}");
        }

        conditions.AddRange(patterns.Where(pattern => pattern.IsWildcard).Select(pattern => $"m.h.endsWith({CelText.Quote("." + pattern.Host)})"));
        return CelText.Any(conditions);
    }

    private static string Repository(RepositoryPattern pattern)
    {
        var text = pattern.ToString();
        var isPrefix = text.EndsWith('/');
        return !text.Contains('*', StringComparison.Ordinal)
            ? isPrefix ? $"m.p.startsWith({CelText.Quote(text)})" : $"m.p == {CelText.Quote(text)}"
            : CelText.Matches("m.p", $"^{string.Join("[^/]*", text.Split('*').Select(CelText.Escape))}{(isPrefix ? "" : "$")}");
    }

    private static string Requirement(string labels, PolicyLabelRequirement requirement)
    {
        var key = CelText.Quote(requirement.Key);
        var isIn = $"({key} in {labels} && {labels}[{key}] in {CelText.List(requirement.Values)})";
        return requirement.Operator switch
        {
            PolicyLabelOperator.In => isIn,
            PolicyLabelOperator.NotIn => $"!{isIn}",
            PolicyLabelOperator.Exists => $"{key} in {labels}",
            _ => $"!({key} in {labels})",
        };
    }

    /// <summary>The registry of a target as images of it name it.</summary>
    public static string Domain(RewriteTarget target) => ImageReference.TryParse(target.Text + "/x", out var probe, out _) ? probe.Domain : target.Text;
}

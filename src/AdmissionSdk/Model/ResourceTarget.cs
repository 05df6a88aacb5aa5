namespace AdmissionSdk.Registration;

/// <summary>One resource, or pattern of resources, that a handler is registered for.</summary>
public sealed record ResourceTarget
{
    internal ResourceTarget(string group, string version, string resource, string subresource = "") =>
        (Group, Version, Resource, Subresource) = (group, version, resource, subresource);

    /// <summary>The API group; empty for the core group, <c>*</c> for all.</summary>
    public string Group { get; }

    /// <summary>The API version; <c>*</c> for all.</summary>
    public string Version { get; }

    /// <summary>The plural, lower-case resource; <c>*</c> for all.</summary>
    public string Resource { get; }

    /// <summary>The subresource; empty for the resource itself, <c>*</c> for the resource and all its subresources.</summary>
    public string Subresource { get; internal init; }

    /// <summary>
    /// True if only reviews of this very version are taken: the handler asked for it, or another target of the webhook meets the resource in another version.
    /// Otherwise the version is only written into the rule, and reviews of any version are taken.
    /// </summary>
    public bool IsVersionExact { get; internal init; }

    /// <summary>The resource as a webhook rule spells it: <c>pods</c>, <c>pods/exec</c>, <c>*/scale</c> (contract 2.2).</summary>
    public string RuleResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    internal bool Matches(GroupVersionResource resource, string subresource) =>
        Matches(Group, resource.Group)
        && Matches(Resource, resource.Resource)
        && Matches(Subresource, subresource)
        && (!IsVersionExact || Matches(Version, resource.Version));

    /// <summary>True if a review may be of both, but for the version.</summary>
    internal bool Overlaps(ResourceTarget other) =>
        Overlap(Group, other.Group) && Overlap(Resource, other.Resource) && Overlap(Subresource, other.Subresource);

    private static bool Matches(string pattern, string value) =>
        pattern == "*" || string.Equals(pattern, value, StringComparison.Ordinal);

    private static bool Overlap(string one, string other) => Matches(one, other) || other == "*";
}

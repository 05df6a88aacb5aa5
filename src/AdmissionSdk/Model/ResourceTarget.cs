namespace AdmissionSdk.Registration;

/// <summary>One resource, or pattern of resources, that a handler is registered for.</summary>
/// <param name="Group">The API group; empty for the core group, <c>*</c> for all.</param>
/// <param name="Version">The API version; <c>*</c> for all.</param>
/// <param name="Resource">The plural, lower-case resource; <c>*</c> for all.</param>
/// <param name="SubResource">The subresource; empty for the resource itself, <c>*</c> for the resource and all its subresources.</param>
public sealed record ResourceTarget(string Group, string Version, string Resource, string SubResource = "")
{
    /// <summary>True if the handler asked for this very version. Otherwise the version is only written into the rule, and reviews of any version are taken.</summary>
    public bool IsVersionExact { get; init; }

    /// <summary>The resource as a webhook rule spells it: <c>pods</c>, <c>pods/exec</c>, <c>*/scale</c> (contract 2.2).</summary>
    public string RuleResource => SubResource.Length == 0 ? Resource : $"{Resource}/{SubResource}";

    internal bool Matches(GroupVersionResource resource, string subResource) =>
        Matches(Group, resource.Group)
        && Matches(Resource, resource.Resource)
        && Matches(SubResource, subResource)
        && (!IsVersionExact || Matches(Version, resource.Version));

    private static bool Matches(string pattern, string value) =>
        pattern == "*" || string.Equals(pattern, value, StringComparison.Ordinal);
}

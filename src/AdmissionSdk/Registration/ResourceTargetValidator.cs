namespace AdmissionSdk.Registration;

/// <summary>
/// Finds targets that no review can meet. The API server takes such a rule, and for some spellings even calls the webhook by it, where no handler
/// would claim the review.
/// </summary>
internal static class ResourceTargetValidator
{
    /// <summary>The problem of a target, with the fix; null without a problem.</summary>
    public static string? Validate(ResourceTarget target)
    {
        var (group, version, resource, subresource) = (target.Group, target.Version, target.Resource, target.Subresource);
        if (subresource.Length == 0 && resource.Split('/') is [{ Length: > 0 } main, { Length: > 0 } sub])
        {
            return $"the resource is \"{resource}\"; say the subresource apart: Resource(\"{group}\", \"{version}\", \"{main}\", \"{sub}\").";
        }

        return !IsName(group) && group.Length > 0 ? $"the API group is \"{group}\"; it must be one as in apiVersion, before the slash: lower-case, empty for the core group, or *."
            : version != "*" && !KubernetesNames.IsDns1035Label(version) ? $"the API version is \"{version}\"; it must be one as in apiVersion, after the slash, such as v1, or *."
            : !IsName(resource) ? $"the resource is \"{resource}\"; it must be the lower-case plural, such as pods, or *."
            : !IsName(subresource) && subresource.Length > 0 ? $"the subresource is \"{subresource}\"; it must be lower-case, such as status, or *."
            : null;
    }

    private static bool IsName(string text) => text == "*" || KubernetesNames.IsSubdomain(text);
}

namespace AdmissionSdk;

/// <summary>A Kubernetes resource, such as <c>apps/v1/deployments</c>.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The API version, such as <c>v1</c>.</param>
/// <param name="Resource">The plural, lower-case resource name, such as <c>pods</c>.</param>
public readonly record struct GroupVersionResource(string Group, string Version, string Resource)
{
    /// <summary>Group, version and resource, separated by slashes.</summary>
    /// <returns>For example <c>apps/v1/deployments</c>, or <c>v1/pods</c> in the core group.</returns>
    public override string ToString() =>
        string.IsNullOrEmpty(Group) ? $"{Version}/{Resource}" : $"{Group}/{Version}/{Resource}";
}

namespace AdmissionSdk;

/// <summary>A Kubernetes resource, such as <c>apps/v1/deployments</c>.</summary>
public readonly struct GroupVersionResource : IEquatable<GroupVersionResource>
{
    /// <summary>Names a resource.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="version">The API version, such as <c>v1</c>.</param>
    /// <param name="resource">The plural, lower-case resource name, such as <c>pods</c>.</param>
    public GroupVersionResource(string group, string version, string resource) =>
        (Group, Version, Resource) = (group, version, resource);

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The API version, such as <c>v1</c>.</summary>
    public string Version { get; }

    /// <summary>The plural, lower-case resource name, such as <c>pods</c>.</summary>
    public string Resource { get; }

    /// <summary>Compares two values by their text.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GroupVersionResource left, GroupVersionResource right) => left.Equals(right);

    /// <summary>Compares two values by their text.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GroupVersionResource left, GroupVersionResource right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(GroupVersionResource other) => Group == other.Group && Version == other.Version && Resource == other.Resource;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GroupVersionResource other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Group, Version, Resource);

    /// <summary>Group, version and resource, separated by slashes.</summary>
    /// <returns>For example <c>apps/v1/deployments</c>, or <c>v1/pods</c> in the core group.</returns>
    public override string ToString() =>
        string.IsNullOrEmpty(Group) ? $"{Version}/{Resource}" : $"{Group}/{Version}/{Resource}";
}

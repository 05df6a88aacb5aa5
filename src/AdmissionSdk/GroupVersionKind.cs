namespace AdmissionSdk;

/// <summary>A Kubernetes kind, such as <c>apps/v1, Kind=Deployment</c>.</summary>
public readonly struct GroupVersionKind : IEquatable<GroupVersionKind>
{
    /// <summary>Names a kind.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="version">The API version, such as <c>v1</c>.</param>
    /// <param name="kind">The kind, such as <c>Pod</c>.</param>
    public GroupVersionKind(string group, string version, string kind) =>
        (Group, Version, Kind) = (group, version, kind);

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The API version, such as <c>v1</c>.</summary>
    public string Version { get; }

    /// <summary>The kind, such as <c>Pod</c>.</summary>
    public string Kind { get; }

    /// <summary>Compares two values by their text.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(GroupVersionKind left, GroupVersionKind right) => left.Equals(right);

    /// <summary>Compares two values by their text.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(GroupVersionKind left, GroupVersionKind right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(GroupVersionKind other) => Group == other.Group && Version == other.Version && Kind == other.Kind;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is GroupVersionKind other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Group, Version, Kind);

    /// <summary>The <c>apiVersion</c> of objects of this kind: <c>group/version</c>, or the version alone in the core group.</summary>
    public string ApiVersion => string.IsNullOrEmpty(Group) ? Version : $"{Group}/{Version}";

    /// <summary>The form that Kubernetes prints.</summary>
    /// <returns>For example <c>apps/v1, Kind=Deployment</c>.</returns>
    public override string ToString() => $"{ApiVersion}, Kind={Kind}";
}

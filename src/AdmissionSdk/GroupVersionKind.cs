namespace AdmissionSdk;

/// <summary>A Kubernetes kind, such as <c>apps/v1, Kind=Deployment</c>.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The API version, such as <c>v1</c>.</param>
/// <param name="Kind">The kind, such as <c>Pod</c>.</param>
public readonly record struct GroupVersionKind(string Group, string Version, string Kind)
{
    /// <summary>The <c>apiVersion</c> of objects of this kind: <c>group/version</c>, or the version alone in the core group.</summary>
    public string ApiVersion => string.IsNullOrEmpty(Group) ? Version : $"{Group}/{Version}";

    /// <summary>The form that Kubernetes prints.</summary>
    /// <returns>For example <c>apps/v1, Kind=Deployment</c>.</returns>
    public override string ToString() => $"{ApiVersion}, Kind={Kind}";
}

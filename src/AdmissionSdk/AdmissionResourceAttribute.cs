namespace AdmissionSdk;

/// <summary>A resource that a handler is for, said on its class; several make several. Needed when the handler's type does not say its plural. What the builder is told wins.</summary>
/// <param name="group">The API group; empty for the core group, <c>*</c> for all.</param>
/// <param name="version">The API version; <c>*</c> for all.</param>
/// <param name="resource">The plural, lower-case resource; <c>*</c> for all.</param>
/// <param name="subResource">The subresource; empty for the resource itself, <c>*</c> for the resource and all its subresources.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AdmissionResourceAttribute(string group, string version, string resource, string subResource = "") : Attribute
{
    /// <summary>The API group.</summary>
    public string Group { get; } = group;

    /// <summary>The API version.</summary>
    public string Version { get; } = version;

    /// <summary>The plural resource.</summary>
    public string Resource { get; } = resource;

    /// <summary>The subresource; empty for the resource itself.</summary>
    public string SubResource { get; } = subResource;
}

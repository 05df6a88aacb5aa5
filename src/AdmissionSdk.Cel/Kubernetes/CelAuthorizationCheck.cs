namespace AdmissionSdk.Cel;

/// <summary>A check that an expression asks of <c>authorizer</c>: of a resource, or of a path.</summary>
public sealed record CelAuthorizationCheck
{
    /// <summary>The verb: <c>get</c>, <c>create</c>, and so on; in small letters as HTTP methods for paths.</summary>
    public string Verb { get; init; } = "";

    /// <summary>The path of a check of a path; null for a resource.</summary>
    public string? Path { get; init; }

    /// <summary>The API group of the resource, empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>The plural name of the resource.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The subresource, or empty.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The namespace, empty for all of them and for resources of the cluster.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The name of the object, or empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The field selector, or empty.</summary>
    public string FieldSelector { get; init; } = "";

    /// <summary>The label selector, or empty.</summary>
    public string LabelSelector { get; init; } = "";

    /// <summary>The namespace and name of the service account that is asked about; null for the user of the request.</summary>
    public (string Namespace, string Name)? ServiceAccount { get; init; }
}

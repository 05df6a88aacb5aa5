namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>The operation and kind of a request to a subresource. Without a kind the request carries the parent object.</summary>
internal sealed record SubresourceInfo(string Operation, string? ApiVersion, string? Kind)
{
    /// <summary>The minor version of Kubernetes 1 that serves the subresource first; null if every version does.</summary>
    public int? SinceMinor { get; init; }
}

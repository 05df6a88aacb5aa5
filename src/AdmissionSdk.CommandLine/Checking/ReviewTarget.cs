using AdmissionSdk.CommandLine.Inputs;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>An object with the names by which the API server would know the object.</summary>
/// <param name="Object">The object.</param>
/// <param name="Group">The API group.</param>
/// <param name="Version">The API version without the group.</param>
/// <param name="Namespace">The namespace; empty for a cluster-scoped object.</param>
internal sealed record ReviewTarget(ManifestObject Object, string Group, string Version, string Namespace)
{
    /// <summary>The labels that selectors of namespaces look at; null if nobody gave them, or if there are none to look at.</summary>
    public IReadOnlyDictionary<string, string>? NamespaceLabels { get; init; }
}

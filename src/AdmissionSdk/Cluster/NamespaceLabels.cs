namespace AdmissionSdk.Cluster;

/// <summary>The name and the labels of a namespace.</summary>
/// <param name="Name">The name.</param>
/// <param name="Labels">The labels; empty when the namespace has none. API servers before 1.21 set no <c>kubernetes.io/metadata.name</c>.</param>
public sealed record NamespaceLabels(string Name, IReadOnlyDictionary<string, string> Labels);

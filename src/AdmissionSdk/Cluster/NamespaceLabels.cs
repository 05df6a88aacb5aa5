namespace AdmissionSdk.Cluster;

/// <summary>A namespace, as far as policies look at it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels; empty when it has none. API servers before 1.21 set no <c>kubernetes.io/metadata.name</c>.</param>
public sealed record NamespaceLabels(string Name, IReadOnlyDictionary<string, string> Labels);

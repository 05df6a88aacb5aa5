namespace AdmissionSdk.Cluster;

/// <summary>A namespace, as far as policies look at it.</summary>
public sealed class NamespaceLabels
{
    /// <summary>The namespace's name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace's labels. API servers before 1.21 set no <c>kubernetes.io/metadata.name</c>.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

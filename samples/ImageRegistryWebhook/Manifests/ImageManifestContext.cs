namespace ImageRegistryWebhook.Manifests;

/// <summary>What manifests do not say about where they will be applied.</summary>
/// <param name="Namespace">The namespace of objects that name none.</param>
/// <param name="NamespaceLabels">The labels of that namespace and of no other; null if not known.</param>
/// <param name="User">Who will apply them; null if not known.</param>
internal sealed record ImageManifestContext(string Namespace, IReadOnlyDictionary<string, string>? NamespaceLabels, string? User);

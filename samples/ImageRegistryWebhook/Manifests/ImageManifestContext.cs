namespace ImageRegistryWebhook.Manifests;

/// <summary>Facts about the use of manifests that are not in the manifests.</summary>
/// <param name="Namespace">The namespace of objects that name none.</param>
/// <param name="NamespaceLabels">The labels of <paramref name="Namespace"/> only; null if not known.</param>
/// <param name="User">The user who will apply the manifests; null if not known.</param>
internal sealed record ImageManifestContext(string Namespace, IReadOnlyDictionary<string, string>? NamespaceLabels, string? User);

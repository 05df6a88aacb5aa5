namespace ImageRegistryWebhook.Policies;

/// <summary>One image and all facts that a decision may depend on.</summary>
/// <param name="Image">The string exactly as in the pod.</param>
internal sealed record ImageContext(string Image)
{
    private static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>The pod's namespace; null if not known, so that no rule with <c>namespaces</c> matches.</summary>
    public string? Namespace { get; init; }

    /// <summary>The labels of the namespace; null if not known, empty if the namespace has none.</summary>
    public IReadOnlyDictionary<string, string>? NamespaceLabels { get; init; }

    public IReadOnlyDictionary<string, string> PodLabels { get; init; } = NoLabels;

    /// <summary>The container's name; null for image volumes, so that no rule with <c>containers</c> matches.</summary>
    public string? Container { get; init; }

    /// <summary>The user of the request; null at build time, so that no rule with <c>users</c> matches.</summary>
    public string? User { get; init; }

    /// <summary>The facts that registries have given.</summary>
    public RegistryFacts Facts { get; init; } = RegistryFacts.Offline;
}

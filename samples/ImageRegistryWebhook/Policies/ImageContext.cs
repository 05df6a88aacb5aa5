namespace ImageRegistryWebhook.Policies;

/// <summary>One image and everything a decision about it may depend on.</summary>
/// <param name="Image">The string exactly as it is in the pod.</param>
internal sealed record ImageContext(string Image)
{
    private static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>The pod's namespace; null if there is none to know, and then no rule with <c>namespaces</c> matches.</summary>
    public string? Namespace { get; init; }

    /// <summary>The labels of the namespace; null if they are not known, which is not the same as none.</summary>
    public IReadOnlyDictionary<string, string>? NamespaceLabels { get; init; }

    public IReadOnlyDictionary<string, string> PodLabels { get; init; } = NoLabels;

    /// <summary>The container's name; null for image volumes, which rules with <c>containers</c> do not match.</summary>
    public string? Container { get; init; }

    /// <summary>Who asks; null at build time, and then no rule with <c>users</c> matches.</summary>
    public string? User { get; init; }

    /// <summary>What is known of the registries.</summary>
    public RegistryFacts Facts { get; init; } = RegistryFacts.Offline;
}

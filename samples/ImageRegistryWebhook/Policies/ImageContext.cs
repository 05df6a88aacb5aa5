namespace ImageRegistryWebhook.Policies;

/// <summary>One image and all facts that a decision may depend on.</summary>
/// <param name="Image">The string exactly as in the pod.</param>
internal sealed record ImageContext(string Image)
{
    private static readonly Dictionary<string, string> NoLabels = [];

    // Shared by all images of a review: a copy (with) keeps the tests' results unless it changes what they depend on.
    private ScopeMatches _scope = new();

    /// <summary>The pod's namespace; null if not known, so that no rule with <c>namespaces</c> matches.</summary>
    public string? Namespace { get; init => (field, _scope) = (value, new()); }

    /// <summary>The labels of the namespace; null if not known, empty if the namespace has none.</summary>
    public IReadOnlyDictionary<string, string>? NamespaceLabels { get; init => (field, _scope) = (value, new()); }

    public IReadOnlyDictionary<string, string> PodLabels { get; init => (field, _scope) = (value, new()); } = NoLabels;

    /// <summary>The container's name; null for image volumes, so that no rule with <c>containers</c> matches.</summary>
    public string? Container { get; init; }

    /// <summary>The user of the request; null at build time, so that no rule with <c>users</c> matches.</summary>
    public string? User { get; init => (field, _scope) = (value, new()); }

    /// <summary>The facts that registries have given.</summary>
    public RegistryFacts Facts { get; init; } = RegistryFacts.Offline;

    /// <summary>The condition of a rule on namespace, user or labels that does not hold; null if all hold, or may hold.</summary>
    public string? ScopeMismatch(RuleMatch match) => _scope.Mismatch(match, this);
}

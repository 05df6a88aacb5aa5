namespace ImageRegistryWebhook.Policies;

/// <summary>A rule: a match and an action.</summary>
internal sealed record PolicyRule
{
    public required string Name { get; init; }

    public required RuleMatch Match { get; init; }

    public required RuleAction Action { get; init; }

    /// <summary>The target of a rewrite; null for every other action.</summary>
    public RewriteTarget? Target { get; init; }

    public RewritePath Path { get; init; }

    /// <summary>Secrets that a pod needs for the target.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    public string? Message { get; init; }

    /// <summary>True if the guard policy leaves the rule's images to the webhook.</summary>
    public bool GuardByWebhook { get; init; }

    public int Line { get; init; }

    public int Column { get; init; }
}

namespace ImageRegistryWebhook.Policies;

/// <summary>A policy without errors, read and proven.</summary>
internal sealed record Policy
{
    /// <summary>The rules in order; the first that matches decides.</summary>
    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    /// <summary>True if an image that no rule matches is allowed.</summary>
    public required bool DefaultAllows { get; init; }

    public RequireSection Require { get; init; } = new();

    public PinSection? Pin { get; init; }

    public CheckSection Check { get; init; } = new();

    public RecordSection Record { get; init; } = new();

    /// <summary>Digests from the lock file.</summary>
    public ImageLock Lock { get; init; } = ImageLock.Empty;
}

namespace ImageRegistryWebhook.Policies;

/// <summary>The section <c>check</c>: asks the target for an image before a rewrite.</summary>
internal sealed record CheckSection
{
    public ExistsCheck Exists { get; init; }

    /// <summary>The time that a registry may take. Default: 1 second.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time that a result is remembered. Default: 10 minutes.</summary>
    public TimeSpan Cache { get; init; } = TimeSpan.FromMinutes(10);
}

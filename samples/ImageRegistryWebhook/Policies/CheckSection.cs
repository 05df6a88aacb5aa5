namespace ImageRegistryWebhook.Policies;

/// <summary>Whether targets are asked if they have an image before it is rewritten.</summary>
internal sealed record CheckSection
{
    public ExistsCheck Exists { get; init; }

    /// <summary>How long a registry may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer is remembered.</summary>
    public TimeSpan Cache { get; init; } = TimeSpan.FromMinutes(10);
}

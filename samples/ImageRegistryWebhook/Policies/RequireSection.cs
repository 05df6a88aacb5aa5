namespace ImageRegistryWebhook.Policies;

/// <summary>The section <c>require</c>: requirements on the final image.</summary>
internal sealed record RequireSection
{
    public bool Digest { get; init; }

    public bool Tag { get; init; }

    /// <summary>Tags that are denied. An image with neither tag nor digest counts as <c>latest</c>.</summary>
    public IReadOnlyList<Glob> ForbidTags { get; init; } = [];
}

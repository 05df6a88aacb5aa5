namespace ImageRegistryWebhook.Policies;

/// <summary>What the image that is used in the end must have.</summary>
internal sealed record RequireSection
{
    public bool Digest { get; init; }

    public bool Tag { get; init; }

    /// <summary>Tags that are refused. <c>latest</c> is also what an image with neither tag nor digest means.</summary>
    public IReadOnlyList<Glob> ForbidTags { get; init; } = [];
}

namespace ImageRegistryWebhook.Policies;

/// <summary>The section <c>pin</c>: adds digests to tags.</summary>
internal sealed record PinSection
{
    /// <summary>The lock file, relative to the policy file; null for none.</summary>
    public string? LockFile { get; init; }

    /// <summary>True to ask the registry for digests that the lock file lacks.</summary>
    public bool RegistryLookup { get; init; }

    /// <summary>True to deny an image without a known digest; else the image keeps its tag.</summary>
    public bool DenyOnMiss { get; init; }
}

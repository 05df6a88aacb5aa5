namespace ImageRegistryWebhook.Policies;

/// <summary>Where digests for tags come from.</summary>
internal sealed record PinSection
{
    /// <summary>The lock file, relative to the policy file; null for none.</summary>
    public string? LockFile { get; init; }

    /// <summary>Whether the registry is asked for what the lock file lacks.</summary>
    public bool RegistryLookup { get; init; }

    /// <summary>Whether an image for which no digest is found is refused; else it keeps its tag.</summary>
    public bool DenyOnMiss { get; init; }
}

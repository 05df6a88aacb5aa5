namespace ImageRegistryWebhook.Policies;

/// <summary>Which path a rewritten image gets below the target.</summary>
internal enum RewritePath
{
    /// <summary>The repository with <c>library/</c> for Docker Hub's official images: what pull-through caches expect.</summary>
    Normalized,

    /// <summary>The repository as it was written.</summary>
    AsWritten,

    /// <summary>The source's host and then the repository, so that two sources cannot meet.</summary>
    HostInPath,
}

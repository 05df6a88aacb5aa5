namespace ImageRegistryWebhook.Policies;

/// <summary>The form of a rewritten image's path below the target.</summary>
internal enum RewritePath
{
    /// <summary>The repository with <c>library/</c> for Docker Hub's official images, as pull-through caches expect.</summary>
    Normalized,

    /// <summary>The repository as written.</summary>
    AsWritten,

    /// <summary>The source's host and then the repository, so that two sources never share a path.</summary>
    HostInPath,
}

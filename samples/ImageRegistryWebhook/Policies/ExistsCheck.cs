namespace ImageRegistryWebhook.Policies;

/// <summary>What happens to an image that the target does not have.</summary>
internal enum ExistsCheck
{
    /// <summary>The target is not asked.</summary>
    Off,

    /// <summary>It is rewritten, with a warning.</summary>
    Warn,

    /// <summary>It is refused.</summary>
    Deny,

    /// <summary>It is not rewritten, with a warning.</summary>
    KeepSource,
}

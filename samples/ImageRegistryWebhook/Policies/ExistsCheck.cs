namespace ImageRegistryWebhook.Policies;

/// <summary>The treatment of an image that the target does not have.</summary>
internal enum ExistsCheck
{
    /// <summary>The target is not asked.</summary>
    Off,

    /// <summary>The image is rewritten, with a warning.</summary>
    Warn,

    /// <summary>The image is denied.</summary>
    Deny,

    /// <summary>The image is not rewritten, with a warning.</summary>
    KeepSource,
}

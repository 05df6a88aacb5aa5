namespace ImageRegistryWebhook.Policies;

/// <summary>What can be asked of a registry.</summary>
internal enum RegistryQuestionKind
{
    /// <summary>Does it have the image?</summary>
    Existence,

    /// <summary>Which digest does the tag stand for?</summary>
    Digest,
}

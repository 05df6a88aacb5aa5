namespace ImageRegistryWebhook.Policies;

/// <summary>Kinds of questions for a registry.</summary>
internal enum RegistryQuestionKind
{
    /// <summary>The existence of the image.</summary>
    Existence,

    /// <summary>The digest of the tag.</summary>
    Digest,
}

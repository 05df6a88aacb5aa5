namespace ImageRegistryWebhook.Policies;

/// <summary>The decision of a policy about an image.</summary>
internal enum ImageAction
{
    Allow,
    Warn,
    Rewrite,
    Deny,

    /// <summary>A fact that the decision depends on is not known, such as the namespace's labels. The review fails.</summary>
    Unknown,
}

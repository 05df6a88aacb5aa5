namespace ImageRegistryWebhook.Policies;

/// <summary>What a policy says of an image.</summary>
internal enum ImageAction
{
    Allow,
    Warn,
    Rewrite,
    Deny,

    /// <summary>Something is not known on which the decision depends, such as the namespace's labels. To the API server this is a failure.</summary>
    Unknown,
}

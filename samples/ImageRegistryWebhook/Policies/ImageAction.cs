namespace ImageRegistryWebhook.Policies;

/// <summary>What a policy says of an image.</summary>
internal enum ImageAction
{
    Allow,
    Warn,
    Rewrite,
    Deny,
}

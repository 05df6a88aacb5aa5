namespace ImageRegistryWebhook.Policies;

/// <summary>A condition of a rule on the digest of an image.</summary>
internal enum DigestMatch
{
    Any,
    Present,
    Absent,
}

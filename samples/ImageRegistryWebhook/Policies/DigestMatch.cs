namespace ImageRegistryWebhook.Policies;

/// <summary>Whether an image must have a digest for a rule to match it.</summary>
internal enum DigestMatch
{
    Any,
    Present,
    Absent,
}

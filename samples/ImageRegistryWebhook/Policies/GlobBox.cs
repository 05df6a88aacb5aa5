namespace ImageRegistryWebhook.Policies;

/// <summary>A pattern that may be missing because it was refused.</summary>
internal sealed record GlobBox(Glob Value);

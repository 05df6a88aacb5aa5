namespace ImageRegistryWebhook.Policies;

/// <summary>A reference type around a pattern, so that null can stand for a refused pattern.</summary>
internal sealed record GlobBox(Glob Value);

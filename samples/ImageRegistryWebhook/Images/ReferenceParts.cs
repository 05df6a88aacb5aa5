namespace ImageRegistryWebhook.Images;

/// <summary>The parts of a parsed reference.</summary>
internal readonly record struct ReferenceParts(string Domain, string Path, string WrittenPath, string? Tag, string? Digest);

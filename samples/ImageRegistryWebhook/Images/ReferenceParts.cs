namespace ImageRegistryWebhook.Images;

/// <summary>The parts of a reference as the parser found them.</summary>
internal readonly record struct ReferenceParts(string Domain, string Path, string WrittenPath, string? Tag, string? Digest);

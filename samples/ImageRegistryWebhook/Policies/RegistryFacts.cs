namespace ImageRegistryWebhook.Policies;

/// <summary>
/// Facts from registries about one image. The engine never asks a registry: <see cref="ImageDecision.Question"/> holds the question, and the caller calls
/// the engine again with more facts.
/// </summary>
internal sealed record RegistryFacts
{
    /// <summary>Facts without asking: at build time, or if look-ups are switched off.</summary>
    public static readonly RegistryFacts Offline = new() { Existence = Existence.NotChecked, DigestAsked = true };

    /// <summary>Facts before the first question.</summary>
    public static readonly RegistryFacts Unasked = new();

    /// <summary>The existence of the image at the target.</summary>
    public Existence Existence { get; init; }

    /// <summary>True after a question about the digest.</summary>
    public bool DigestAsked { get; init; }

    /// <summary>The digest that the registry gave for the tag, or null.</summary>
    public string? Digest { get; init; }
}

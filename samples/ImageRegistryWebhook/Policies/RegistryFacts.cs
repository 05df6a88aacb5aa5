namespace ImageRegistryWebhook.Policies;

/// <summary>
/// What registries have answered about the image at hand. The engine never asks itself: it says in <see cref="ImageDecision.Question"/> what it would
/// like to know, and is called again with the answer.
/// </summary>
internal sealed record RegistryFacts
{
    /// <summary>No registry is asked: at build time, or when look-ups are switched off.</summary>
    public static readonly RegistryFacts Offline = new() { Existence = Existence.NotChecked, DigestAsked = true };

    /// <summary>Nothing has been asked yet; the engine's questions are to be answered.</summary>
    public static readonly RegistryFacts Unasked = new();

    /// <summary>Whether the target has the image.</summary>
    public Existence Existence { get; init; }

    /// <summary>True once the digest was asked for.</summary>
    public bool DigestAsked { get; init; }

    /// <summary>The digest that the registry gave for the tag, or null.</summary>
    public string? Digest { get; init; }
}

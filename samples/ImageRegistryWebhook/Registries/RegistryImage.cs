using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Registries;

/// <summary>The image of a look-up.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Reference">The digest, else the tag.</param>
/// <param name="Credential">The credential of the look-up; null for none.</param>
internal sealed record RegistryImage(RegistryHost Host, string Repository, string Reference, RegistryCredential? Credential)
{
    private const string ImplicitTag = "latest";

    /// <summary>The image as the kubelet would ask for it: with a digest the tag does not matter.</summary>
    public static RegistryImage Of(ImageReference image, RegistryCredential? credential) =>
        new(image.Host, image.Path, image.Digest ?? image.Tag ?? ImplicitTag, credential);

    /// <summary>The digest, if the reference is one; else null.</summary>
    public string? Digest => Reference.Contains(':', StringComparison.Ordinal) ? Reference : null;

    /// <summary>The key for caches, with the credential.</summary>
    public (RegistryHost Host, string Repository, string Reference, string Credential) Key => (Host, Repository, Reference, Credential?.Fingerprint ?? "");
}

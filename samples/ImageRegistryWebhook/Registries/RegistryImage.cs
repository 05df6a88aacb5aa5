using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Registries;

/// <summary>What a registry is asked about.</summary>
/// <param name="Host">The registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Reference">The digest, else the tag.</param>
/// <param name="Credential">What it is asked with; null for nothing.</param>
internal sealed record RegistryImage(RegistryHost Host, string Repository, string Reference, RegistryCredential? Credential)
{
    private const string ImplicitTag = "latest";

    /// <summary>The image as the kubelet would ask for it: a digest makes the tag irrelevant.</summary>
    public static RegistryImage Of(ImageReference image, RegistryCredential? credential) =>
        new(image.Host, image.Path, image.Digest ?? image.Tag ?? ImplicitTag, credential);

    /// <summary>The digest, if it is asked about by digest.</summary>
    public string? Digest => Reference.Contains(':', StringComparison.Ordinal) ? Reference : null;

    /// <summary>For caches: who asks is part of what is asked.</summary>
    public (RegistryHost Host, string Repository, string Reference, string Credential) Key => (Host, Repository, Reference, Credential?.Fingerprint ?? "");
}

using System.Diagnostics.CodeAnalysis;

namespace ImageRegistryWebhook.Images;

/// <summary>
/// An image string as the kubelet reads it: with <c>ParseNormalizedNamed</c> of distribution/reference and sha256, sha384 and sha512 digests. The written
/// form and the normalized form are both kept. A string that the kubelet cannot read, or that has no registry by the grammar, is not a reference.
/// </summary>
internal sealed record ImageReference
{
    internal const string DockerHub = "docker.io";
    internal const string OfficialImages = "library/";

    private ImageReference(string original, in ReferenceParts parts)
    {
        Original = original;
        Domain = parts.Domain;
        Path = parts.Path;
        WrittenPath = parts.WrittenPath;
        Tag = parts.Tag;
        Digest = parts.Digest;
        Suffix = (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);
        Normalized = Domain + "/" + Path + Suffix;
        Host = RegistryHost.Of(Domain);
        NamedHost = RegistryHost.Named(Domain);
    }

    /// <summary>The string as written.</summary>
    public string Original { get; }

    /// <summary>The registry as the grammar names it, in its written case; <c>docker.io</c> if none was written.</summary>
    public string Domain { get; }

    /// <summary>The registry that images are pulled from. Two spellings of one registry are equal.</summary>
    public RegistryHost Host { get; }

    /// <summary>The host that <see cref="Domain"/> names: as <see cref="Host"/>, but other names of Docker Hub stay as they are.</summary>
    public RegistryHost NamedHost { get; }

    /// <summary>The repository, with <c>library/</c> for Docker Hub's official images.</summary>
    public string Path { get; }

    /// <summary>The repository as written: without the registry, and with <c>library/</c> only if written.</summary>
    public string WrittenPath { get; }

    /// <summary>The tag as written, or null. <c>latest</c> is never filled in.</summary>
    public string? Tag { get; }

    /// <summary>The digest as written, such as <c>sha256:…</c>, or null.</summary>
    public string? Digest { get; }

    /// <summary>Tag and digest as written, with their <c>:</c> and <c>@</c>.</summary>
    public string Suffix { get; }

    /// <summary>
    /// True for <c>sha256:…</c> alone. The grammar reads a tag of Docker Hub's image "sha256", but a container runtime first looks on the node for an image
    /// with that id, or with an id that begins so, and such an image can be from any registry.
    /// </summary>
    public bool IsImageId => WrittenPath is "sha256" or "sha384" or "sha512" && Original.Length == WrittenPath.Length + 1 + (Tag?.Length ?? 0);

    /// <summary>Registry, repository, tag and digest in full.</summary>
    public string Normalized { get; }

    /// <summary>Reads an image string. Never throws. The work is proportional to the length.</summary>
    /// <param name="text">The string exactly as in the pod.</param>
    /// <param name="reference">The reference; null if the method returns false.</param>
    /// <param name="error">The reason that the string is not a reference, in the kubelet's words if the kubelet has any; null if the method returns true.</param>
    /// <returns>True if the string is a reference.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? error) =>
        TryParse(text, out reference, out error, out _);

    // The steps count every look at a character, so that tests can measure linear work.
    internal static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? error, out int steps)
    {
        var parser = new ReferenceParser(text);
        error = parser.Parse(out var parts);
        steps = parser.Steps;
        reference = error is null ? new ImageReference(text!, parts) : null;
        return error is null;
    }

    /// <inheritdoc/>
    public override string ToString() => Original;
}

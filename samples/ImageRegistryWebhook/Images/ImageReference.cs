using System.Diagnostics.CodeAnalysis;

namespace ImageRegistryWebhook.Images;

/// <summary>
/// What an image string means to the kubelet, which reads it with the <c>ParseNormalizedNamed</c> of distribution/reference with sha256, sha384 and
/// sha512 digests. Both what was written and what it stands for are kept. A string the kubelet cannot read, or for which that grammar finds no
/// registry, is no reference.
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

    /// <summary>The string as it was written.</summary>
    public string Original { get; }

    /// <summary>The registry as the grammar names it, in its written case; <c>docker.io</c> when none was written.</summary>
    public string Domain { get; }

    /// <summary>The registry that is really asked; two spellings of one registry are equal here.</summary>
    public RegistryHost Host { get; }

    /// <summary>The host that <see cref="Domain"/> names: as <see cref="Host"/>, but for other names of Docker Hub, which stay what they are.</summary>
    public RegistryHost NamedHost { get; }

    /// <summary>The repository, with <c>library/</c> for Docker Hub's official images.</summary>
    public string Path { get; }

    /// <summary>The repository as it was written: without the registry, and with <c>library/</c> only if that was written.</summary>
    public string WrittenPath { get; }

    /// <summary>The tag as written, or null. <c>latest</c> is never filled in.</summary>
    public string? Tag { get; }

    /// <summary>The digest as written, such as <c>sha256:…</c>, or null.</summary>
    public string? Digest { get; }

    /// <summary>Tag and digest as written, with their <c>:</c> and <c>@</c>.</summary>
    public string Suffix { get; }

    /// <summary>
    /// True for <c>sha256:…</c> alone. The grammar reads a tag of Docker Hub's image "sha256", but a container runtime first looks for an image with
    /// that id on the node, and also takes the beginning of one: it can come from any registry at all.
    /// </summary>
    public bool IsImageId => WrittenPath is "sha256" or "sha384" or "sha512" && Original.Length == WrittenPath.Length + 1 + (Tag?.Length ?? 0);

    /// <summary>Registry, repository, tag and digest in full.</summary>
    public string Normalized { get; }

    /// <summary>Reads an image string. Never throws; the work is proportional to the length.</summary>
    /// <param name="text">The string, exactly as it is in the pod.</param>
    /// <param name="reference">What it means; null when this returns false.</param>
    /// <param name="error">Why it cannot be read, in the words of the kubelet where it would refuse it too; null when this returns true.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? error) =>
        TryParse(text, out reference, out error, out _);

    // The steps are the characters looked at, counting every look: what the tests of linear work measure.
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

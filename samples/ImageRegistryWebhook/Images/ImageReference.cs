namespace ImageRegistryWebhook.Images;

/// <summary>
/// What an image string means to the kubelet: the grammar of distribution/reference with Docker Hub's normalisation, nothing more lenient and nothing stricter,
/// but for names that leave no registry. Anything else would let a string be judged to be on one registry and pulled from another.
/// </summary>
internal sealed class ImageReference
{
    private ImageReference(string asWritten, string domain, string path, string? tag, string? digest)
    {
        AsWritten = asWritten;
        Domain = domain;
        Path = path;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>The string that was parsed.</summary>
    public string AsWritten { get; }

    /// <summary>The registry's host, with the port if one was written; <c>docker.io</c> where none was.</summary>
    public string Domain { get; }

    /// <summary>The repository below the host; <c>library/</c> is explicit for Docker Hub's official images.</summary>
    public string Path { get; }

    /// <summary>The tag as written; null when there is none.</summary>
    public string? Tag { get; }

    /// <summary>The digest as written; null when there is none.</summary>
    public string? Digest { get; }

    /// <summary>Host and repository with the tag and digest that were written, and none that were not.</summary>
    public string Normalized => $"{Domain}/{Path}{Suffix}";

    /// <summary>Tag and digest as they follow the name.</summary>
    public string Suffix => (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    /// <summary>Parses an image string.</summary>
    /// <param name="text">The string, as it stands in the manifest.</param>
    /// <param name="reference">What it means.</param>
    /// <param name="error">Why it is no reference; empty when it is one.</param>
    public static bool TryParse(string text, out ImageReference reference, out string error)
    {
        reference = null!;
        var (domain, remainder) = DockerDomain.Split(text);
        error = DockerDomain.IsIdentifier(text) ? "an image id is no name to pull by"
            : text.Length == 0 ? "invalid reference format"
            : ReferenceGrammar.NotLowercase(remainder) is { } name ? $"invalid reference format: repository name ({name}) must be lowercase"
            : "";
        if (error.Length == 0 && ReferenceGrammar.TrySplit(domain, remainder, out var parts, out error))
        {
            reference = new ImageReference(text, parts.Domain, parts.Path, parts.Tag, parts.Digest);
            return true;
        }

        return false;
    }

    /// <summary>The same image under another registry and path; tag and digest stay as they were typed.</summary>
    public string WithName(string domain, string path) => $"{domain}/{path}{Suffix}";

    public override string ToString() => Normalized;
}

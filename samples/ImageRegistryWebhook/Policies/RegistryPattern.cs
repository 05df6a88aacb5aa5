using System.Diagnostics.CodeAnalysis;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// A host, a host with a port, or <c>*.example.com</c> for every host below a domain. A host stands for its registry in every spelling, and each name of
/// Docker Hub stands for Docker Hub. A wildcard is about names, and matches Docker Hub only under a name that fits. Else <c>*.docker.com</c> would approve
/// docker.io, which has an alias below docker.com.
/// </summary>
/// <param name="Host">The registry, or the domain of a wildcard.</param>
/// <param name="IsWildcard">True for <c>*.</c> and at least one label.</param>
/// <param name="Text">The pattern as written.</param>
internal sealed record RegistryPattern(RegistryHost Host, bool IsWildcard, string Text)
{
    private const string Wildcard = "*.";

    /// <summary>Reads a pattern.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RegistryPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        var wildcard = text.StartsWith(Wildcard, StringComparison.Ordinal);
        var domain = wildcard ? text[Wildcard.Length..] : text;
        error = text.Contains("://", StringComparison.Ordinal) ? "is a URL; write only the host"
            : text.Contains('/', StringComparison.Ordinal) ? "has a path; paths belong into repositories"
            : text == "*" ? "stands for any registry; leave registries out for that"
            : domain.Contains('*', StringComparison.Ordinal) ? "has a \"*\" elsewhere than in a leading \"*.\""
            : !ReferenceParser.IsRegistry(domain) ? "is not a host or host:port"
            : wildcard && domain.StartsWith('[') ? "has a wildcard before an address"
            : null;
        pattern = error is null ? new RegistryPattern(wildcard ? RegistryHost.Named(domain) : RegistryHost.Of(domain), wildcard, text) : null;
        return error is null;
    }

    /// <summary>Tests if the pattern matches the registry of an image.</summary>
    public bool Matches(ImageReference image) => IsWildcard ? IsAbove(image.NamedHost) : image.Host == Host;

    /// <summary>Tests if this pattern matches every registry that the other matches.</summary>
    public bool Covers(RegistryPattern other) => other.IsWildcard
        ? IsWildcard && Host.Port == other.Host.Port && (other.Host.Name == Host.Name || IsAbove(other.Host))
        : IsWildcard ? other.Names.All(IsAbove) : other.Host == Host;

    /// <summary>Tests if both patterns match some common registry.</summary>
    public bool Intersects(RegistryPattern other) => (IsWildcard, other.IsWildcard) switch
    {
        (true, false) => other.Names.Any(IsAbove),
        (false, true) => Names.Any(other.IsAbove),
        _ => Covers(other) || other.Covers(this),
    };

    // The hosts that an image of this registry can name.
    private IEnumerable<RegistryHost> Names => Host.IsDockerHub ? RegistryHost.DockerHubNames.Select(RegistryHost.Named) : [Host];

    private bool IsAbove(RegistryHost host) =>
        host.Port == Host.Port && host.Name.Length > Host.Name.Length + 1 && host.Name.EndsWith("." + Host.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

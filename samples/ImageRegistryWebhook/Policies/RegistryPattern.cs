using System.Diagnostics.CodeAnalysis;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// A host, a host with a port, or <c>*.example.com</c> for every host below a domain. Hosts are compared as <see cref="RegistryHost"/>s, so the spelling
/// of a registry makes no difference.
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
        pattern = error is null ? new RegistryPattern(RegistryHost.Of(domain), wildcard, text) : null;
        return error is null;
    }

    /// <summary>Whether a registry is meant.</summary>
    public bool Matches(RegistryHost host) => !IsWildcard ? host == Host
        : host.IsDockerHub ? RegistryHost.DockerHubNames.Any(name => IsBelow(name, ""))
        : IsBelow(host.Name, host.Port);

    /// <summary>Whether every registry the other means is meant by this.</summary>
    public bool Covers(RegistryPattern other) => other.IsWildcard
        ? IsWildcard && Host.Port == other.Host.Port && (other.Host.Name == Host.Name || IsBelow(other.Host.Name, other.Host.Port))
        : Matches(other.Host);

    /// <summary>Whether some registry is meant by both.</summary>
    public bool Intersects(RegistryPattern other) => Covers(other) || other.Covers(this)
        || (IsWildcard && other.IsWildcard && Matches(RegistryHost.DockerHub) && other.Matches(RegistryHost.DockerHub));

    private bool IsBelow(string name, string port) =>
        port == Host.Port && name.Length > Host.Name.Length + 1 && name.EndsWith("." + Host.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

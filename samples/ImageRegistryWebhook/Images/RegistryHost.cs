using System.Net;

namespace ImageRegistryWebhook.Images;

/// <summary>
/// A registry in any spelling: capitals, <c>:443</c>, leading zeros of a port, the forms of an IPv6 address and the names of Docker Hub make no
/// difference. Two values are equal only if images are pulled from the same registry.
/// </summary>
/// <param name="Name">The host name or address in lower case. An IPv6 address has no brackets; other text in brackets keeps them.</param>
/// <param name="Port">The port in digits; empty for no port and, except on the node itself, for the port of https.</param>
internal readonly record struct RegistryHost(string Name, string Port)
{
    private const string HttpsPort = "443";

    /// <summary>The names of Docker Hub in images.</summary>
    public static readonly IReadOnlyList<string> DockerHubNames =
        [ImageReference.DockerHub, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

    /// <summary>Docker Hub.</summary>
    public static readonly RegistryHost DockerHub = new(ImageReference.DockerHub, "");

    /// <summary>True for every spelling of Docker Hub.</summary>
    public bool IsDockerHub => this == DockerHub;

    /// <summary>The registry of a reference's domain.</summary>
    /// <param name="domain">A host with or without a port, valid by the grammar.</param>
    public static RegistryHost Of(string domain)
    {
        var named = Named(domain);
        return named.Port.Length == 0 && DockerHubNames.Contains(named.Name) ? DockerHub : named;
    }

    /// <summary>The host of a domain; other names of Docker Hub are not replaced.</summary>
    /// <param name="domain">A host with or without a port, valid by the grammar.</param>
    public static RegistryHost Named(string domain)
    {
        var colon = domain.LastIndexOf(':');
        var split = colon > domain.LastIndexOf(']') ? colon : domain.Length;
        var name = Address(domain[..split].ToLowerInvariant());
        var port = split == domain.Length ? "" : domain[(split + 1)..].TrimStart('0');
        port = port switch
        {
            HttpsPort when !IsNode(name) => "",
            "" when split < domain.Length => "0",
            _ => port,
        };
        return new RegistryHost(name, port);
    }

    // Container runtimes use http on their own node, so that no port does not mean the port of https.
    private static bool IsNode(string name) =>
        name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    /// <inheritdoc/>
    public override string ToString() => (Name.Contains(':', StringComparison.Ordinal) ? $"[{Name}]" : Name) + (Port.Length == 0 ? "" : ":" + Port);

    // The grammar accepts text in brackets that is not an address. Such text is equal only to itself.
    private static string Address(string name)
    {
        if (!name.StartsWith('['))
        {
            return name;
        }

        var inner = name[1..^1];
        return !inner.Contains(':', StringComparison.Ordinal) || !IPAddress.TryParse(inner, out var address) ? $"[{inner}]"
            : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
            : address.ToString();
    }
}

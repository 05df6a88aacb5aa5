using System.Net;

namespace ImageRegistryWebhook.Images;

/// <summary>
/// A registry, whatever way it is spelled: capitals, <c>:443</c>, leading zeros of a port, the forms of one IPv6 address and the names of Docker Hub
/// do not make another one. Two values are equal only if the same registry is asked.
/// </summary>
/// <param name="Name">The host name or address in lower case; an IPv6 address without brackets, what is between brackets and no address with them.</param>
/// <param name="Port">The port in digits; empty for none and, but for the node itself, for the port of https.</param>
internal readonly record struct RegistryHost(string Name, string Port)
{
    private const string HttpsPort = "443";

    /// <summary>Names under which Docker Hub can be written.</summary>
    public static readonly IReadOnlyList<string> DockerHubNames =
        [ImageReference.DockerHub, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];

    /// <summary>Docker Hub.</summary>
    public static readonly RegistryHost DockerHub = new(ImageReference.DockerHub, "");

    /// <summary>True for every spelling of Docker Hub.</summary>
    public bool IsDockerHub => this == DockerHub;

    /// <summary>The registry of a reference's domain.</summary>
    /// <param name="domain">A host with or without a port, as the grammar accepts it.</param>
    public static RegistryHost Of(string domain)
    {
        var named = Named(domain);
        return named.Port.Length == 0 && DockerHubNames.Contains(named.Name) ? DockerHub : named;
    }

    /// <summary>The very host of a domain: other names of Docker Hub stay what they are.</summary>
    /// <param name="domain">A host with or without a port, as the grammar accepts it.</param>
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

    // Container runtimes speak http with the node they run on, so that there no port is not the port of https.
    private static bool IsNode(string name) =>
        name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    /// <inheritdoc/>
    public override string ToString() => (Name.Contains(':', StringComparison.Ordinal) ? $"[{Name}]" : Name) + (Port.Length == 0 ? "" : ":" + Port);

    // Not everything between brackets that the grammar accepts is an address; what is none is only equal to itself.
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

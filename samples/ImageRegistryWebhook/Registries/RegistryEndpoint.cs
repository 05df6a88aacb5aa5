using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Registries;

/// <summary>Where requests go.</summary>
/// <param name="Scheme">http or https.</param>
/// <param name="Host">The name or address, IPv6 without brackets.</param>
/// <param name="Port">The port.</param>
internal readonly record struct RegistryEndpoint(string Scheme, string Host, int Port)
{
    // The name in images is that of a web site; this is the registry's.
    private const string DockerHubApi = "registry-1.docker.io";

    /// <summary>Where a registry is.</summary>
    public static RegistryEndpoint Of(RegistryHost host, bool plainHttp)
    {
        var port = host.Port.Length == 0 ? (plainHttp ? 80 : 443) : int.TryParse(host.Port, out var number) ? number : -1;
        return new RegistryEndpoint(plainHttp ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, host.IsDockerHub ? DockerHubApi : host.Name, port);
    }

    /// <summary>Where a request for an address goes.</summary>
    public static RegistryEndpoint Of(Uri address) => new(address.Scheme, address.IdnHost, address.Port);

    /// <summary>The address of something there; null if what the host is called means another host in a URL.</summary>
    /// <param name="path">Begins with <c>/</c>.</param>
    public Uri? At(string path)
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return Uri.TryCreate($"{Scheme}://{host}:{Port}{path}", UriKind.Absolute, out var address) && Of(address) == this && address.UserInfo.Length == 0
            ? address
            : null;
    }
}

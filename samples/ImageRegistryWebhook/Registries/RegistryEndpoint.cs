using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Registries;

/// <summary>The scheme, host and port of a registry or token service.</summary>
/// <param name="Scheme">The scheme, http or https.</param>
/// <param name="Host">The name or address, IPv6 without brackets.</param>
/// <param name="Port">The port.</param>
internal readonly record struct RegistryEndpoint(string Scheme, string Host, int Port)
{
    // docker.io is a web site; the registry has another host.
    private const string DockerHubApi = "registry-1.docker.io";

    /// <summary>The endpoint of a registry.</summary>
    public static RegistryEndpoint Of(RegistryHost host, bool plainHttp)
    {
        var port = host.Port.Length == 0 ? (plainHttp ? 80 : 443) : int.TryParse(host.Port, out var number) ? number : -1;
        return new RegistryEndpoint(plainHttp ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, host.IsDockerHub ? DockerHubApi : host.Name, port);
    }

    /// <summary>The endpoint of an address.</summary>
    public static RegistryEndpoint Of(Uri address) => new(address.Scheme, address.IdnHost, address.Port);

    /// <summary>The address of a path; null if the host's name stands for another host in a URL.</summary>
    /// <param name="path">The path, beginning with <c>/</c>.</param>
    public Uri? At(string path)
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return Uri.TryCreate($"{Scheme}://{host}:{Port}{path}", UriKind.Absolute, out var address) && Of(address) == this && address.UserInfo.Length == 0
            ? address
            : null;
    }
}

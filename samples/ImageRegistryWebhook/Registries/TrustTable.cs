using System.Net;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Registries;

/// <summary>The options about trust, ready for use. Other registries must be on the Internet and use https.</summary>
internal sealed class TrustTable
{
    // Docker Hub's realm needs no listing.
    private static readonly RegistryEndpoint DockerHubRealm = new(Uri.UriSchemeHttps, "auth.docker.io", 443);

    private readonly Dictionary<RegistryHost, RegistryTrust> _hosts;
    private readonly Dictionary<(string Host, int Port), IPNetwork[]> _networks;
    private readonly IPNetwork[] _refused;

    public TrustTable(RegistryLookupOptions options)
    {
        _hosts = options.Registries.ToDictionary(trust => RegistryHost.Of(trust.Host));
        _networks = _hosts.ToDictionary(
            pair => (Endpoint(pair.Key).Host, Endpoint(pair.Key).Port), pair => pair.Value.Networks.Select(text => IPNetwork.Parse(text)).ToArray());
        _refused = [.. options.RefusedNetworks.Select(text => IPNetwork.Parse(text))];
    }

    /// <summary>The endpoint of a registry.</summary>
    public RegistryEndpoint Endpoint(RegistryHost host) => RegistryEndpoint.Of(host, _hosts.TryGetValue(host, out var trust) && trust.PlainHttp);

    /// <summary>Tests if the webhook may connect to a host at an address. Nothing else matters, since connections are shared.</summary>
    public bool Allows(string host, int port, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !_refused.Any(network => network.Contains(plain))
            && (AddressKinds.IsPublic(plain) || (_networks.TryGetValue((host, port), out var networks) && networks.Any(network => network.Contains(plain))));
    }

    /// <summary>Tests if a registry's credentials may go to an address that the registry named for tokens.</summary>
    public bool AllowsRealm(RegistryHost registry, Uri realm)
    {
        var endpoint = RegistryEndpoint.Of(realm);
        return realm.UserInfo.Length == 0
            && (endpoint == Endpoint(registry)
                || (registry.IsDockerHub && endpoint == DockerHubRealm)
                || (_hosts.TryGetValue(registry, out var trust) && trust.TokenRealms.Any(text => Endpoint(RegistryHost.Of(text)) == endpoint)));
    }
}

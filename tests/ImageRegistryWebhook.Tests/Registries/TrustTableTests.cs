using System.Net;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Registries;

namespace ImageRegistryWebhook.Tests.Registries;

/// <remarks>Covers <see cref="TrustTable"/>, <see cref="RegistryEndpoint"/>.</remarks>
public class TrustTableTests
{
    private static readonly TrustTable Table = new(new RegistryLookupOptions
    {
        Registries =
        [
            new RegistryTrust { Host = "registry.example.com", TokenRealms = ["auth.example.com", "plain.example.com"] },
            new RegistryTrust { Host = "plain.example.com", PlainHttp = true, Networks = ["10.1.0.0/16", "fd00::/8"] },
            new RegistryTrust { Host = "[fd00::1]:5000", Networks = ["fd00::1/128"] },
        ],
        RefusedNetworks = ["10.1.2.0/24", "20.0.0.0/8"],
    });

    [Theory]
    [InlineData("docker.io", "https://registry-1.docker.io/v2/")]
    [InlineData("index.docker.io", "https://registry-1.docker.io/v2/")]
    [InlineData("docker.io:5000", "https://docker.io:5000/v2/")]
    [InlineData("ghcr.io", "https://ghcr.io/v2/")]
    [InlineData("GHCR.io:443", "https://ghcr.io/v2/")]
    [InlineData("plain.example.com", "http://plain.example.com/v2/")]
    [InlineData("plain.example.com:80", "https://plain.example.com:80/v2/")]
    [InlineData("[fd00:0::1]:5000", "https://[fd00::1]:5000/v2/")]
    public void Endpoint_Registry_IsHttpsUnlessListed(string registry, string expected) =>
        Assert.Equal(expected, Table.Endpoint(RegistryHost.Of(registry)).At("/v2/")?.AbsoluteUri);

    [Theory]
    [InlineData("docker.io", "https://auth.docker.io/token", true)]
    [InlineData("docker.io", "https://registry-1.docker.io/token", true)]
    [InlineData("docker.io", "http://auth.docker.io/token", false)]
    [InlineData("docker.io", "https://auth.docker.io:8443/token", false)]
    [InlineData("docker.io", "https://auth.docker.io.example.com/token", false)]
    [InlineData("ghcr.io", "https://auth.docker.io/token", false)]
    [InlineData("ghcr.io", "https://GHCR.io/token", true)]
    [InlineData("ghcr.io", "https://user:password@ghcr.io/token", false)]
    [InlineData("registry.example.com", "https://auth.example.com/token", true)]
    [InlineData("registry.example.com", "https://a.auth.example.com/token", false)]
    [InlineData("registry.example.com", "http://auth.example.com/token", false)]
    [InlineData("registry.example.com", "http://plain.example.com/token", true)]
    [InlineData("registry.example.com", "https://plain.example.com/token", false)]
    [InlineData("plain.example.com", "https://auth.example.com/token", false)]
    [InlineData("registry.example.com:5000", "https://auth.example.com/token", false)]
    public void AllowsRealm_Address_IsTheRegistryItselfOrListedForIt(string registry, string realm, bool expected) =>
        Assert.Equal(expected, Table.AllowsRealm(RegistryHost.Of(registry), new Uri(realm)));

    [Theory]
    [InlineData("ghcr.io", 443, "1.1.1.1", true)]
    [InlineData("ghcr.io", 443, "10.1.0.1", false)]
    [InlineData("ghcr.io", 443, "20.0.0.1", false)]
    [InlineData("ghcr.io", 443, "::ffff:20.0.0.1", false)]
    [InlineData("plain.example.com", 80, "10.1.0.1", true)]
    [InlineData("plain.example.com", 80, "::ffff:10.1.0.1", true)]
    [InlineData("plain.example.com", 80, "1.1.1.1", true)]
    [InlineData("plain.example.com", 80, "10.2.0.1", false)]
    [InlineData("plain.example.com", 80, "10.1.2.3", false)]
    [InlineData("plain.example.com", 80, "fd12::1", true)]
    [InlineData("plain.example.com", 443, "10.1.0.1", false)]
    [InlineData("a.plain.example.com", 80, "10.1.0.1", false)]
    [InlineData("fd00::1", 5000, "fd00::1", true)]
    [InlineData("fd00::1", 5001, "fd00::1", false)]
    [InlineData("fd00::2", 5000, "fd00::2", false)]
    public void Allows_Address_IsPublicOrListedForHostAndPort(string host, int port, string address, bool expected) =>
        Assert.Equal(expected, Table.Allows(host, port, IPAddress.Parse(address)));
}

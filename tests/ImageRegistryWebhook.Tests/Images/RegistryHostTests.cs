using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Tests.Images;

/// <remarks>Covers <see cref="RegistryHost"/>.</remarks>
public sealed class RegistryHostTests
{
    [Theory]
    [InlineData("docker.io", "index.docker.io")]
    [InlineData("docker.io", "registry-1.docker.io")]
    [InlineData("docker.io", "registry.hub.docker.com")]
    [InlineData("docker.io", "DOCKER.IO:443")]
    [InlineData("registry.example.com", "Registry.EXAMPLE.com")]
    [InlineData("registry.example.com", "registry.example.com:443")]
    [InlineData("registry.example.com", "registry.example.com:0443")]
    [InlineData("registry.example.com:5000", "registry.example.com:05000")]
    [InlineData("[::1]:5000", "[0:0:0:0:0:0:0:1]:5000")]
    [InlineData("[2001:DB8::1]", "[2001:db8:0::1]:443")]
    [InlineData("127.0.0.1", "[::ffff:7f00:1]")]
    public void Of_TwoSpellingsOfOneRegistry_AreEqual(string one, string other) =>
        Assert.Equal(RegistryHost.Of(one), RegistryHost.Of(other));

    [Theory]
    [InlineData("docker.io", "docker.io:80")]
    [InlineData("docker.io", "docker.io.evil.com")]
    [InlineData("docker.io", "evildocker.io")]
    [InlineData("registry.example.com", "registry.example.com:80")]
    [InlineData("registry.example.com", "registry.example.com:65979")] // 443 + 65536
    [InlineData("registry.example.com", "registry.example.com:0")]
    [InlineData("registry.example.com", "registry.example.co")]
    [InlineData("[::1]", "[::2]")]
    [InlineData("0.0.4.210", "[1234]")]
    [InlineData("127.0.0.1", "127.0.0.1:5000")]
    [InlineData("127.0.0.1", "127.1")]
    public void Of_TwoRegistries_Differ(string one, string other) =>
        Assert.NotEqual(RegistryHost.Of(one), RegistryHost.Of(other));

    [Theory]
    [InlineData("Registry.example.com:0443", "registry.example.com")]
    [InlineData("[::1]:5000", "[::1]:5000")]
    [InlineData("[1234]:000", "[1234]:0")]
    [InlineData("index.docker.io", "docker.io")]
    public void ToString_IsADomainAgain(string domain, string expected)
    {
        Assert.Equal(expected, RegistryHost.Of(domain).ToString());
        Assert.Equal(RegistryHost.Of(domain), RegistryHost.Of(expected));
    }
}

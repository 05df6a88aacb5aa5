using System.Text;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Registries;

namespace ImageRegistryWebhook.Tests.Registries;

/// <remarks>Covers <see cref="DockerConfig"/>, <see cref="RegistryCredential"/>.</remarks>
public class DockerConfigTests
{
    [Theory]
    [InlineData("registry.example.com", "acme/api", "any")]
    [InlineData("REGISTRY.example.com:443", "acme/api", "any")]
    [InlineData("registry.example.com", "team/app", "team")]
    [InlineData("registry.example.com", "team", "team")]
    [InlineData("registry.example.com", "team/special/x", "special")]
    [InlineData("registry.example.com", "teams/app", "any")]
    [InlineData("docker.io", "library/nginx", "hub")]
    [InlineData("registry-1.docker.io", "library/nginx", "hub")]
    [InlineData("registry.example.com:5000", "acme/api", null)]
    [InlineData("a.registry.example.com", "acme/api", null)]
    [InlineData("other.example.com", "acme/api", null)]
    public void Find_Repository_HasTheCredentialOfItsRegistry(string registry, string repository, string? user)
    {
        Assert.True(DockerConfig.TryParse(
            $$"""
            {"auths": {
              "https://index.docker.io/v1/": {"auth": "{{Convert.ToBase64String("hub:p:w"u8)}}"},
              "registry.example.com": {"username": "any", "password": ""},
              "https://registry.example.com/team": {"username": "team", "password": "x", "email": "a@example.com"},
              "registry.example.com/team/special/": {"username": "team", "password": "x", "auth": "{{Convert.ToBase64String("special:x"u8)}}"}
            }, "credsStore": "none"}
            """,
            out var config,
            out _));

        var credential = config.Find(RegistryHost.Of(registry), repository);

        Assert.Equal(user, credential is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(credential.Basic.Parameter!)).Split(':', 2)[0]);
    }

    [Theory]
    [InlineData("", "the file is not JSON (line 1)")]
    [InlineData("[]", "the object \"auths\" is missing")]
    [InlineData("""{"auths": []}""", "the object \"auths\" is missing")]
    [InlineData("""{"auths": {"*.example.com": {"username": "a", "password": "b"}}}""", "\"*.example.com\": a pattern is not a host, and would show the credentials to several; write one host")]
    [InlineData("""{"auths": {"a b": {"username": "a", "password": "b"}}}""", "\"a b\": the key is not a registry host")]
    [InlineData("""{"auths": {"r.example.com": 7}}""", "\"r.example.com\": the value is not an object")]
    [InlineData("""{"auths": {"r.example.com": {}}}""", "\"r.example.com\": auth is missing, and so is username or password")]
    [InlineData("""{"auths": {"r.example.com": {"identitytoken": "s3cret"}}}""", "\"r.example.com\": auth is missing, and so is username or password")]
    [InlineData("""{"auths": {"r.example.com": {"auth": "s3cret!"}}}""", "\"r.example.com\": auth is not user:password in base64")]
    [InlineData("""{"auths": {"r.example.com": {"auth": "czNjcmV0"}}}""", "\"r.example.com\": auth is not user:password in base64")]
    public void TryParse_Other_IsRefusedAndNothingIsGivenAway(string text, string expected)
    {
        Assert.False(DockerConfig.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Credential_Text_DoesNotShowThePassword() => Assert.DoesNotContain("s3cret", $"{new RegistryCredential("user", "s3cret")}", StringComparison.Ordinal);
}

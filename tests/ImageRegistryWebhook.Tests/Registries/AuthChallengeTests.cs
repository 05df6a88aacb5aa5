using FsCheck;
using FsCheck.Fluent;
using ImageRegistryWebhook.Registries;

namespace ImageRegistryWebhook.Tests.Registries;

/// <remarks>Covers <see cref="AuthChallenge"/>.</remarks>
public class AuthChallengeTests
{
    [Theory]
    [InlineData("realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:library/nginx:pull\"", "https://auth.docker.io/token", "registry.docker.io")]
    [InlineData("Realm = \"https://a.example/t?x=1\" , error=invalid_token , SERVICE=s", "https://a.example/t?x=1", "s")]
    [InlineData("realm=https://a.example/t", "https://a.example/t", "")]
    public void TryParse_Challenge_ReadsRealmAndService(string parameters, string realm, string service)
    {
        Assert.True(AuthChallenge.TryParse(parameters, out var challenge));
        Assert.Equal((realm, service), (challenge.Realm.ToString(), challenge.Service));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("service=\"x\"")]
    [InlineData("realm=\"https://a.example/t")]
    [InlineData("realm=\"https://a.example\\\"/t\"")]
    [InlineData("realm=\"/t\"")]
    [InlineData("realm=\"ftp://a.example/t\"")]
    [InlineData("realm=\"https://a.example/t#x\"")]
    [InlineData("realm")]
    [InlineData("=x")]
    public void TryParse_Other_IsRefused(string? parameters) => Assert.False(AuthChallenge.TryParse(parameters, out _));

    [Fact]
    public void TryParse_TooLong_IsRefused() =>
        Assert.False(AuthChallenge.TryParse($"realm=\"https://a.example/{new string('x', 5000)}\"", out _));

    [Fact]
    public void TokenAddress_Service_IsEscaped()
    {
        Assert.True(AuthChallenge.TryParse("realm=\"https://a.example/t?x=1\",service=\"s&scope=admin\"", out var challenge));
        Assert.Equal("https://a.example/t?x=1&service=s%26scope%3Dadmin&scope=repository%3Aacme%2Fapi%3Apull", challenge.TokenAddress("acme/api").AbsoluteUri);
    }

    [Fact]
    public void TryParse_AnyText_EndsWithoutAnException() => Prop
        .ForAll(Gen.Elements("realm", "=", "\"", ",", " ", "https://a.example", "\\", "x").ListOf().Select(parts => string.Concat(parts)).ToArbitrary(), text =>
        {
            _ = AuthChallenge.TryParse(text, out _);
        })
        .QuickCheckThrowOnFailure();
}

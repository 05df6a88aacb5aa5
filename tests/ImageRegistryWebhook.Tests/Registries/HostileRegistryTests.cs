using System.Text;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using Microsoft.AspNetCore.Http;

namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>Registries that redirect, never end a response, or lie.</summary>
/// <remarks>Covers <see cref="ManifestClient"/>, <see cref="TokenSource"/>, <see cref="RegistryHttp"/>, <see cref="BoundedBody"/>.</remarks>
public sealed partial class HostileRegistryTests : IDisposable
{
    private const string User = "webhook";
    private const string Password = "s3cret-p4ssword";

    private static readonly string Digest = "sha256:" + new string('a', 64);
    private static readonly string OtherDigest = "sha256:" + new string('b', 64);
    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task LookUp_RedirectToAnotherHost_IsNotFollowed(int status)
    {
        await using var other = await TestServer.StartAsync(200);
        await using var registry = await TestServer.StartAsync(context =>
            TestServer.RespondAsync(context, status, ("Location", $"http://other.test:{other.Port}{context.Request.Path}")));
        await using var rig = Rig(registry, other);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Single(registry.Seen);
        Assert.Empty(other.Seen);
    }

    [Fact]
    public async Task LookUp_RedirectToAnotherSchemeOrUser_IsNotFollowed()
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.RespondAsync(
            context, 307, ("Location", context.Request.Path.Value!.Contains("/b/", StringComparison.Ordinal)
                ? $"https://registry.test:{context.Connection.LocalPort}/v2/x"
                : $"http://user:password@registry.test:{context.Connection.LocalPort}/v2/x")));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry, "a/a")));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry, "a/b/c")));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task LookUp_RedirectOnTheSameHost_IsFollowedAFewTimes()
    {
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/moved"
            ? TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", Digest))
            : TestServer.RespondAsync(context, 307, ("Location", context.Request.Path.Value!.Contains("circle", StringComparison.Ordinal) ? context.Request.Path : "/moved")));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry)));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry, "circle")));
        Assert.Equal(2 + 4, registry.Seen.Count);
    }

    [Theory]
    [InlineData("http://other.test:{0}/token")]
    [InlineData("http://registry.test:{0}/token")]
    [InlineData("http://user@registry.test:{1}/token")]
    [InlineData("https://registry.test:{1}/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/token")]
    [InlineData("http://127.0.0.1:{0}/token")]
    public async Task LookUp_RealmElsewhere_GetsNoCredentials(string realm)
    {
        await using var other = await TestServer.StartAsync(200);
        var address = "";
        await using var registry = await TestServer.StartAsync(context => Challenge(context, address));
        address = string.Format(System.Globalization.CultureInfo.InvariantCulture, realm, other.Port, registry.Port);
        await using var rig = Rig(registry, other, credentials: $"registry.test:{registry.Port}");

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Empty(other.Seen);
        Assert.All(registry.Seen, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task LookUp_RealmListedBeside_GetsTheCredentialsAndTheRegistryOnlyTheToken()
    {
        await using var realm = await TestServer.StartAsync(context => context.Response.WriteAsync("""{"token":"t0ken","expires_in":300}"""));
        await using var registry = await TestServer.StartAsync(context => context.Request.Headers.Authorization == "Bearer t0ken"
            ? TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", Digest))
            : Challenge(context, $"http://other.test:{realm.Port}/token?a=b", "repository:secret/other:push,pull"));
        await using var rig = Rig(registry, realm, credentials: $"registry.test:{registry.Port}", realm: $"other.test:{realm.Port}");

        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry)));
        Assert.Equal([null, "Bearer t0ken"], registry.Seen.Select(request => request.Authorization));
        var asked = Assert.Single(realm.Seen);
        Assert.Equal((Basic, "?a=b&service=registry&scope=repository%3Aacme%2Fapi%3Apull"), (asked.Authorization, asked.Query));

        // The token is for the whole repository.
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, "acme/api", "2")));
        Assert.Single(realm.Seen);
    }

    [Fact]
    public async Task LookUp_ListedRealmRedirects_CredentialsStay()
    {
        await using var third = await TestServer.StartAsync(200);
        await using var realm = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 307, ("Location", $"http://third.test:{third.Port}/token")));
        await using var registry = await TestServer.StartAsync(context => Challenge(context, $"http://other.test:{realm.Port}/token"));
        await using var rig = Rig(registry, realm, credentials: $"registry.test:{registry.Port}", realm: $"other.test:{realm.Port}");

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Single(realm.Seen);
        Assert.Empty(third.Seen);
    }

    [Fact]
    public async Task LookUp_AnotherRegistryWantsCredentials_ItGetsNone()
    {
        await using var ours = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 401, ("WWW-Authenticate", "Basic realm=\"x\"")));
        await using var other = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 401, ("WWW-Authenticate", "Basic realm=\"x\"")));
        await using var rig = Rig(ours, other, credentials: $"registry.test:{ours.Port}");

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(ours)));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"other.test:{other.Port}/acme/api:1"));
        Assert.Equal([null, Basic], ours.Seen.Select(request => request.Authorization));
        Assert.Equal([null], other.Seen.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData("Bearer realm=\"http://registry.test:{0}/token\",service=\"registry\"")]
    [InlineData("Basic realm=\"x\"")]
    public async Task LookUp_401Forever_EndsAfterFewRequests(string challenge)
    {
        var header = "";
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/token"
            ? context.Response.WriteAsync("""{"access_token":"x"}""")
            : TestServer.RespondAsync(context, 401, ("WWW-Authenticate", header)));
        header = string.Format(System.Globalization.CultureInfo.InvariantCulture, challenge, registry.Port);
        await using var rig = Rig(registry, credentials: $"registry.test:{registry.Port}");

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.InRange(registry.Seen.Count, 2, 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"token":7}""")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"a\r\nX-Injected: b"}""")]
    [InlineData("""{"token":"t\u00e4g"}""")]
    public async Task LookUp_TokenThatIsNone_IsNotUsed(string body)
    {
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/token"
            ? context.Response.WriteAsync(body)
            : Challenge(context, $"http://registry.test:{context.Connection.LocalPort}/token"));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Equal(2, registry.Seen.Count);
    }

    private static Task Challenge(HttpContext context, string realm, string scope = "repository:x:pull") =>
        TestServer.RespondAsync(context, 401, ("WWW-Authenticate", $"Bearer realm=\"{realm}\",service=\"registry\",scope=\"{scope}\""));

    private static string Image(TestServer registry, string repository = "acme/api", string tag = "1") => $"registry.test:{registry.Port}/{repository}:{tag}";

    private LookupRig Rig(TestServer registry, TestServer? other = null, string? credentials = null, string? realm = null)
    {
        var settings = LookupRig.Trust([($"registry.test:{registry.Port}", realm), .. other is null ? [] : new[] { ($"other.test:{other.Port}", (string?)null) }]);
        return new LookupRig(credentials is null
            ? settings
            : settings.Append(("CredentialsFile", LookupRig.Credentials(_directory, (credentials, User, Password)))));
    }
}

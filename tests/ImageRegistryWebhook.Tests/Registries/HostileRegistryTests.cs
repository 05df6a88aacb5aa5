using System.Text;
using ImageRegistryWebhook.Policies;
using Microsoft.AspNetCore.Http;

namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>Registries that lead elsewhere, never end, or lie.</summary>
public sealed class HostileRegistryTests : IDisposable
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
    public async Task Answer_RedirectToAnotherHost_IsNotFollowed(int status)
    {
        await using var other = await TestServer.StartAsync(200);
        await using var registry = await TestServer.StartAsync(context =>
            TestServer.AnswerAsync(context, status, ("Location", $"http://other.test:{other.Port}{context.Request.Path}")));
        await using var rig = Rig(registry, other);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Single(registry.Seen);
        Assert.Empty(other.Seen);
    }

    [Fact]
    public async Task Answer_RedirectToAnotherSchemeOrUser_IsNotFollowed()
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.AnswerAsync(
            context, 307, ("Location", context.Request.Path.Value!.Contains("/b/", StringComparison.Ordinal)
                ? $"https://registry.test:{context.Connection.LocalPort}/v2/x"
                : $"http://user:password@registry.test:{context.Connection.LocalPort}/v2/x")));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry, "a/a")));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry, "a/b/c")));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task Answer_RedirectOnTheSameHost_IsFollowedAFewTimes()
    {
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/moved"
            ? TestServer.AnswerAsync(context, 200, ("Docker-Content-Digest", Digest))
            : TestServer.AnswerAsync(context, 307, ("Location", context.Request.Path.Value!.Contains("circle", StringComparison.Ordinal) ? context.Request.Path : "/moved")));
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
    public async Task Answer_RealmElsewhere_GetsNoCredentials(string realm)
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
    public async Task Answer_RealmListedBeside_GetsTheCredentialsAndTheRegistryOnlyTheToken()
    {
        await using var realm = await TestServer.StartAsync(context => context.Response.WriteAsync("""{"token":"t0ken","expires_in":300}"""));
        await using var registry = await TestServer.StartAsync(context => context.Request.Headers.Authorization == "Bearer t0ken"
            ? TestServer.AnswerAsync(context, 200, ("Docker-Content-Digest", Digest))
            : Challenge(context, $"http://other.test:{realm.Port}/token?a=b", "repository:secret/other:push,pull"));
        await using var rig = Rig(registry, realm, credentials: $"registry.test:{registry.Port}", realm: $"other.test:{realm.Port}");

        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry)));
        Assert.Equal([null, "Bearer t0ken"], registry.Seen.Select(request => request.Authorization));
        var asked = Assert.Single(realm.Seen);
        Assert.Equal((Basic, "?a=b&service=registry&scope=repository%3Aacme%2Fapi%3Apull"), (asked.Authorization, asked.Query));

        // The token is for the repository, and good for all of it.
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, "acme/api", "2")));
        Assert.Single(realm.Seen);
    }

    [Fact]
    public async Task Answer_ListedRealmRedirects_CredentialsStay()
    {
        await using var third = await TestServer.StartAsync(200);
        await using var realm = await TestServer.StartAsync(context => TestServer.AnswerAsync(context, 307, ("Location", $"http://third.test:{third.Port}/token")));
        await using var registry = await TestServer.StartAsync(context => Challenge(context, $"http://other.test:{realm.Port}/token"));
        await using var rig = Rig(registry, realm, credentials: $"registry.test:{registry.Port}", realm: $"other.test:{realm.Port}");

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Single(realm.Seen);
        Assert.Empty(third.Seen);
    }

    [Fact]
    public async Task Answer_AnotherRegistryWantsCredentials_ItGetsNone()
    {
        await using var ours = await TestServer.StartAsync(context => TestServer.AnswerAsync(context, 401, ("WWW-Authenticate", "Basic realm=\"x\"")));
        await using var other = await TestServer.StartAsync(context => TestServer.AnswerAsync(context, 401, ("WWW-Authenticate", "Basic realm=\"x\"")));
        await using var rig = Rig(ours, other, credentials: $"registry.test:{ours.Port}");

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(ours)));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"other.test:{other.Port}/acme/api:1"));
        Assert.Equal([null, Basic], ours.Seen.Select(request => request.Authorization));
        Assert.Equal([null], other.Seen.Select(request => request.Authorization));
    }

    [Theory]
    [InlineData("Bearer realm=\"http://registry.test:{0}/token\",service=\"registry\"")]
    [InlineData("Basic realm=\"x\"")]
    public async Task Answer_401Forever_EndsAfterFewRequests(string challenge)
    {
        var header = "";
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/token"
            ? context.Response.WriteAsync("""{"access_token":"x"}""")
            : TestServer.AnswerAsync(context, 401, ("WWW-Authenticate", header)));
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
    public async Task Answer_TokenThatIsNone_IsNotUsed(string body)
    {
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/token"
            ? context.Response.WriteAsync(body)
            : Challenge(context, $"http://registry.test:{context.Connection.LocalPort}/token"));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Theory]
    [InlineData("/token", 64 * 1024 + 1)]
    [InlineData("/v2/acme/api/manifests/1", 4 * 1024 * 1024 + 1)]
    public async Task Answer_EndlessBody_IsGivenUpWithoutWaiting(string path, int length)
    {
        await using var registry = await TestServer.StartAsync(async context =>
        {
            if (path == "/token" && context.Request.Path != path)
            {
                await Challenge(context, $"http://registry.test:{context.Connection.LocalPort}/token");
            }
            else if (HttpMethods.IsGet(context.Request.Method))
            {
                // One byte too many, and then nothing any more and no end: who still reads waits for ever, since the time of the test stands still.
                context.Response.ContentType = "application/vnd.oci.image.index.v1+json";
                await context.Response.Body.WriteAsync(new byte[length], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }
        });
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(path, registry.Seen[^1].Path);
    }

    [Fact]
    public async Task Answer_HugeHeaders_AreGivenUp()
    {
        await using var registry = await TestServer.StartAsync(context =>
            TestServer.AnswerAsync(context, 200, ("Docker-Content-Digest", Digest), ("X-Huge", new string('x', 100 * 1024))));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_Slow_IsUnknownAtTheDeadline(bool sendsHeaders)
    {
        await using var registry = await TestServer.StartAsync(async context =>
        {
            if (sendsHeaders && HttpMethods.IsHead(context.Request.Method))
            {
                return;
            }

            if (sendsHeaders)
            {
                context.Response.ContentType = "application/vnd.oci.image.index.v1+json";
                await context.Response.WriteAsync("{", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var rig = Rig(registry);

        var answer = rig.ExistsAsync(Image(registry));
        for (var requests = sendsHeaders ? 2 : 1; requests > 0; requests--)
        {
            await registry.ArrivedAsync();
        }

        Assert.False(answer.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Existence.Unknown, await answer.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(404, nameof(Existence.Absent))]
    [InlineData(400, nameof(Existence.Unknown))]
    [InlineData(401, nameof(Existence.Unknown))]
    [InlineData(403, nameof(Existence.Unknown))]
    [InlineData(410, nameof(Existence.Unknown))]
    [InlineData(429, nameof(Existence.Unknown))]
    [InlineData(500, nameof(Existence.Unknown))]
    [InlineData(503, nameof(Existence.Unknown))]
    [InlineData(204, nameof(Existence.Unknown))]
    [InlineData(304, nameof(Existence.Unknown))]
    public async Task Answer_Status_OnlyNotFoundMeansAbsent(int status, string expected)
    {
        await using var registry = await TestServer.StartAsync(status);
        await using var rig = Rig(registry);

        Assert.Equal(expected, (await rig.ExistsAsync(Image(registry))).ToString());
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task Answer_RealmNotFound_DoesNotMeanAbsent()
    {
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/token"
            ? TestServer.AnswerAsync(context, 404)
            : Challenge(context, $"http://registry.test:{context.Connection.LocalPort}/token"));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
    }

    [Theory]
    [InlineData("sha256:abc")]
    [InlineData("sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("latest")]
    [InlineData("md5:00000000000000000000000000000000")]
    [InlineData("")]
    public async Task Answer_DigestThatIsNone_IsNoAnswer(string digest)
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.AnswerAsync(context, 200, ("Docker-Content-Digest", digest)));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Null(await rig.DigestAsync(Image(registry)));
    }

    [Fact]
    public async Task Answer_AnotherDigestThanAskedFor_IsNoAnswer()
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.AnswerAsync(context, 200, ("Docker-Content-Digest", OtherDigest)));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"registry.test:{registry.Port}/acme/api:1@{Digest}"));
        Assert.Equal($"/v2/acme/api/manifests/{Digest}", registry.Seen.Single().Path);
    }

    [Fact]
    public async Task Answer_EverythingFoundPage_IsNoImage()
    {
        // What a proxy that asks for a log-in does.
        await using var registry = await TestServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("<p>Log in!");
        });
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"registry.test:{registry.Port}/acme/api@{Digest}"));
    }

    [Fact]
    public async Task Answer_Refused_LeavesNoTraceOfTheCaller()
    {
        await using var registry = await TestServer.StartAsync(404);
        await using var rig = Rig(registry);
        using var activity = new System.Diagnostics.Activity("review").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();

        await rig.ExistsAsync(Image(registry));

        Assert.DoesNotContain("traceparent", registry.Seen.Single().Headers, StringComparison.OrdinalIgnoreCase);
    }

    private static Task Challenge(HttpContext context, string realm, string scope = "repository:x:pull") =>
        TestServer.AnswerAsync(context, 401, ("WWW-Authenticate", $"Bearer realm=\"{realm}\",service=\"registry\",scope=\"{scope}\""));

    private static string Image(TestServer registry, string repository = "acme/api", string tag = "1") => $"registry.test:{registry.Port}/{repository}:{tag}";

    private LookupRig Rig(TestServer registry, TestServer? other = null, string? credentials = null, string? realm = null)
    {
        var settings = LookupRig.Trust([($"registry.test:{registry.Port}", realm), .. other is null ? [] : new[] { ($"other.test:{other.Port}", (string?)null) }]);
        return new LookupRig(credentials is null
            ? settings
            : settings.Append(("CredentialsFile", LookupRig.Credentials(_directory, (credentials, User, Password)))));
    }
}

using ImageRegistryWebhook.Policies;
using Microsoft.AspNetCore.Http;

namespace ImageRegistryWebhook.Tests.Registries;

/// <content>Responses that never end, come too late, or are not about the image.</content>
public sealed partial class HostileRegistryTests
{
    [Theory]
    [InlineData("/token", 64 * 1024 + 1)]
    [InlineData("/v2/acme/api/manifests/1", 4 * 1024 * 1024 + 1)]
    public async Task LookUp_EndlessBody_IsGivenUpWithoutWaiting(string path, int length)
    {
        await using var registry = await TestServer.StartAsync(async context =>
        {
            if (path == "/token" && context.Request.Path != path)
            {
                await Challenge(context, $"http://registry.test:{context.Connection.LocalPort}/token");
            }
            else if (HttpMethods.IsGet(context.Request.Method))
            {
                // One byte too many, and then neither data nor an end: a reader would wait for ever, since the time of the test stands still.
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
    public async Task LookUp_HugeHeaders_AreGivenUp()
    {
        await using var registry = await TestServer.StartAsync(context =>
            TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", Digest), ("X-Huge", new string('x', 100 * 1024))));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LookUp_Slow_IsUnknownAtTheDeadline(bool sendsHeaders)
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

        var lookup = rig.ExistsAsync(Image(registry));
        for (var requests = sendsHeaders ? 2 : 1; requests > 0; requests--)
        {
            await registry.ArrivedAsync();
        }

        Assert.False(lookup.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Existence.Unknown, await lookup.WaitAsync(TimeSpan.FromSeconds(30)));
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
    public async Task LookUp_Status_OnlyNotFoundMeansAbsent(int status, string expected)
    {
        await using var registry = await TestServer.StartAsync(status);
        await using var rig = Rig(registry);

        Assert.Equal(expected, (await rig.ExistsAsync(Image(registry))).ToString());
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task LookUp_RealmNotFound_DoesNotMeanAbsent()
    {
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/token"
            ? TestServer.RespondAsync(context, 404)
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
    public async Task LookUp_DigestThatIsNone_IsUnknown(string digest)
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", digest)));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
        Assert.Null(await rig.DigestAsync(Image(registry)));
    }

    [Fact]
    public async Task LookUp_AnotherDigestThanAskedFor_IsUnknown()
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", OtherDigest)));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"registry.test:{registry.Port}/acme/api:1@{Digest}"));
        Assert.Equal($"/v2/acme/api/manifests/{Digest}", registry.Seen.Single().Path);
    }

    [Fact]
    public async Task LookUp_EverythingFoundPage_IsNotAnImage()
    {
        // As a proxy that asks for a log-in.
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
    public async Task LookUp_Refused_LeavesNoTraceOfTheCaller()
    {
        await using var registry = await TestServer.StartAsync(404);
        await using var rig = Rig(registry);
        using var activity = new System.Diagnostics.Activity("review").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();

        await rig.ExistsAsync(Image(registry));

        Assert.DoesNotContain("traceparent", registry.Seen.Single().Headers, StringComparison.OrdinalIgnoreCase);
    }
}

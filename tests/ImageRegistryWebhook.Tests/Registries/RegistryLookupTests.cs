using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>Requests of look-ups, and the time that their results are remembered.</summary>
/// <remarks>Covers <see cref="RegistryLookup"/>, <see cref="ManifestClient"/>, <see cref="TokenSource"/>, <see cref="CredentialStore"/>, <see cref="LookupMetrics"/>, <see cref="RegistryImage"/>, <see cref="OfflineRegistryLookup"/>.</remarks>
public sealed class RegistryLookupTests : IDisposable
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task LookUp_Head_AcceptsEveryKindOfManifestAndSaysNoMore()
    {
        await using var registry = await TestServer.StartAsync(Found);
        await using var rig = Rig(registry);

        Assert.Equal(Digest, await rig.DigestAsync(Image(registry, "")));

        var seen = Assert.Single(registry.Seen);
        Assert.Equal(("HEAD", "/v2/acme/api/manifests/latest", "", null), (seen.Method, seen.Path, seen.Query, seen.Authorization));
        Assert.Equal(
            [
                "Accept-Encoding: identity",
                "Accept: application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json",
                $"Host: registry.test:{registry.Port}",
                "User-Agent: image-registry-webhook",
            ],
            seen.Headers.Split('\n').Order());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(405)]
    public async Task LookUp_NoDigestInTheHeader_IsThatOfTheBytes(int head)
    {
        const string Manifest = """{"schemaVersion":2}""";
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Manifest)))}";
        await using var registry = await TestServer.StartAsync(context =>
        {
            context.Response.ContentType = "application/vnd.oci.image.manifest.v1+json";
            context.Response.StatusCode = HttpMethods.IsHead(context.Request.Method) ? head : 200;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(Manifest);
        });
        await using var rig = Rig(registry);

        Assert.Equal(digest, await rig.DigestAsync(Image(registry)));
        Assert.Equal(Existence.Present, await rig.ExistsAsync($"registry.test:{registry.Port}/acme/api@{digest}"));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"registry.test:{registry.Port}/acme/api@{Digest}"));
        Assert.Equal(["HEAD", "GET"], registry.Seen.Take(2).Select(request => request.Method));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task LookUp_ManifestComesCompressed_IsNotTakenForTheManifest(string encoding)
    {
        // The digest of the compressed bytes names no image; a pod with it could never start.
        await using var registry = await TestServer.StartAsync(context =>
        {
            context.Response.ContentType = "application/vnd.oci.image.manifest.v1+json";
            context.Response.Headers.ContentEncoding = encoding;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync("compressed");
        });
        await using var rig = Rig(registry);

        Assert.Null(await rig.DigestAsync(Image(registry)));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry)));
    }

    [Fact]
    public async Task LookUp_HandlerIsCutOff_AsksNobody()
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 200, [("Docker-Content-Digest", Digest)]));
        await using var rig = Rig(registry);
        await rig.ExistsAsync(Image(registry));

        // Not even from memory: nobody waits for the handler.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.ExistsAsync(Image(registry), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(200, 600)]
    [InlineData(404, 30)]
    [InlineData(500, 5)]
    public async Task LookUp_Again_IsRememberedForItsTime(int status, int seconds)
    {
        await using var registry = await TestServer.StartAsync(context =>
            TestServer.RespondAsync(context, status, status == 200 ? [("Docker-Content-Digest", Digest)] : []));
        await using var rig = Rig(registry);

        var first = await rig.ExistsAsync(Image(registry));
        rig.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(first, await rig.ExistsAsync(Image(registry)));
        // The registry sees both questions as one.
        Assert.Equal(status == 200 ? Digest : null, await rig.DigestAsync(Image(registry)));
        Assert.Single(registry.Seen);

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.ExistsAsync(Image(registry));
        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task LookUp_ShortCacheInThePolicy_HoldsForEveryResult()
    {
        await using var registry = await TestServer.StartAsync(404);
        await using var rig = new LookupRig(LookupRig.Trust(($"registry.test:{registry.Port}", null))) { Cache = TimeSpan.FromSeconds(2) };

        await rig.ExistsAsync(Image(registry));
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        await rig.ExistsAsync(Image(registry));

        Assert.Equal(2, registry.Seen.Count);
    }

    [Fact]
    public async Task LookUp_OtherCredential_IsAskedAgain()
    {
        await using var registry = await TestServer.StartAsync(context => context.Request.Headers.Authorization.Count == 0
            ? TestServer.RespondAsync(context, 401, ("WWW-Authenticate", "Basic realm=\"x\""))
            : Found(context));
        var host = $"registry.test:{registry.Port}";
        var file = LookupRig.Credentials(_directory, (host, "first", "one"));
        await using var rig = Rig(registry, ("CredentialsFile", file));

        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry)));
        LookupRig.Credentials(_directory, (host, "second", "two"));
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry)));
        Assert.Equal(2, registry.Seen.Count);

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry)));
        // A file that is not valid changes nothing.
        File.WriteAllText(file, "{");
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, ":2")));
        Assert.Equal(
            ["first:one", "second:two", "second:two"],
            registry.Seen.Select(request => request.Authorization).OfType<string>().Select(header => Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..]))));
    }

    [Fact]
    public async Task LookUp_TokenExpired_AnotherIsGot()
    {
        var tokens = 0;
        var good = "Bearer 1";
        await using var registry = await TestServer.StartAsync(context => context.Request.Path == "/token"
            ? context.Response.WriteAsync($$"""{"token":"{{Interlocked.Increment(ref tokens)}}","expires_in":100}""")
            : context.Request.Headers.Authorization == good
                ? Found(context)
                : TestServer.RespondAsync(context, 401, ("WWW-Authenticate", $"Bearer realm=\"http://registry.test:{context.Connection.LocalPort}/token\"")));
        await using var rig = Rig(registry);

        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, ":1")));
        rig.Time.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, ":2")));
        Assert.Equal(1, tokens);

        // A token is not used in its last ten seconds.
        good = "Bearer 2";
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, ":3")));
        Assert.Equal(2, tokens);

        // A token that the registry refuses is replaced at once.
        good = "Bearer 3";
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, ":4")));
        Assert.Equal(3, tokens);
    }

    [Fact]
    public async Task LookUp_ManyAtOnce_AreOneRequest()
    {
        var release = new TaskCompletionSource();
        await using var registry = await TestServer.StartAsync(async context =>
        {
            await release.Task;
            await Found(context);
        });
        await using var rig = Rig(registry);

        var lookups = Enumerable.Range(0, 50).Select(_ => rig.ExistsAsync(Image(registry))).ToList();
        using var impatient = new CancellationTokenSource();
        var given = rig.ExistsAsync(Image(registry), impatient.Token);
        await registry.ArrivedAsync();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.All(lookups, lookup => Assert.False(lookup.IsCompleted));
        release.SetResult();
        Assert.All(await Task.WhenAll(lookups), existence => Assert.Equal(Existence.Present, existence));
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task LookUp_WhoAskedFirstGivesUp_TheOthersGetTheirResult()
    {
        var release = new TaskCompletionSource();
        await using var registry = await TestServer.StartAsync(async context =>
        {
            await release.Task;
            await Found(context);
        });
        await using var rig = Rig(registry);
        using var impatient = new CancellationTokenSource();

        var first = rig.ExistsAsync(Image(registry), impatient.Token);
        await registry.ArrivedAsync();
        var second = rig.ExistsAsync(Image(registry));
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();
        Assert.Equal(Existence.Present, await second);
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task LookUp_TooManyUnderWay_IsUnknownAtOnce()
    {
        var release = new TaskCompletionSource();
        await using var registry = await TestServer.StartAsync(async context =>
        {
            await release.Task;
            await Found(context);
        });
        await using var rig = Rig(registry, ("MaxConcurrent", "2"));

        var first = rig.ExistsAsync(Image(registry, ":1"));
        var second = rig.ExistsAsync(Image(registry, ":2"));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync(Image(registry, ":3")));
        release.SetResult();

        Assert.Equal([Existence.Present, Existence.Present], await Task.WhenAll(first, second));
        // The outcome Busy is not remembered.
        Assert.Equal(Existence.Present, await rig.ExistsAsync(Image(registry, ":3")));
    }

    [Fact]
    public async Task LookUp_PolicyAllowsMoreTimeThanTheOptions_TheOptionsWin()
    {
        await using var registry = await TestServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await using var rig = new LookupRig(LookupRig.Trust(($"registry.test:{registry.Port}", null))) { Timeout = TimeSpan.FromSeconds(30) };

        var lookup = rig.ExistsAsync(Image(registry));
        await registry.ArrivedAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(Existence.Unknown, await lookup.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task LookUp_Metrics_NameOnlyRegistriesOfThePolicy()
    {
        await using var registry = await TestServer.StartAsync(Found);
        await using var rig = Rig(registry);
        ConcurrentQueue<string> counted = new();
        var factory = rig.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Name == LookupMetrics.Lookups)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            counted.Enqueue(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        listener.Start();

        await rig.ExistsAsync(Image(registry));
        await rig.ExistsAsync(Image(registry));
        await rig.LookUpAsync(new RegistryQuestion(RegistryQuestionKind.Digest, "chosen-by-a-user.example.com/x", LookupTerms.None));

        Assert.Equal(
            [
                $"registry=registry.test:{registry.Port} outcome=present source=registry",
                $"registry=registry.test:{registry.Port} outcome=present source=cache",
                "registry=other outcome=refused source=none",
            ],
            counted);
    }

    [Fact]
    public async Task LookUp_SwitchedOff_AsksNobody()
    {
        await using var registry = await TestServer.StartAsync(Found);
        await using var rig = Rig(registry, ("Enabled", "false"));

        Assert.Equal(Existence.NotChecked, await rig.ExistsAsync(Image(registry)));
        Assert.Null(await rig.DigestAsync(Image(registry)));
        Assert.Empty(registry.Seen);
    }

    private static Task Found(HttpContext context) => TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", Digest));

    private static string Image(TestServer registry, string suffix = ":1") => $"registry.test:{registry.Port}/acme/api{suffix}";

    private static LookupRig Rig(TestServer registry, params (string Key, string Value)[] settings) =>
        new([.. LookupRig.Trust(($"registry.test:{registry.Port}", null)), .. settings]);
}

using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;

namespace ImageRegistryWebhook.Tests.Registries;

/// <summary>The registries and addresses that the webhook connects to.</summary>
/// <remarks>Covers <see cref="GuardedConnector"/>, <see cref="TrustTable"/>, <see cref="RegistryEndpoint"/>, <see cref="RegistryHttp"/>, <see cref="RegistryLookupSetup"/>, <see cref="LookupTerms"/>.</remarks>
public class ConnectionTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("registry.test")]
    public async Task LookUp_LoopbackNotListed_IsNotConnectedTo(string host)
    {
        await using var registry = await TestServer.StartAsync(404);
        await using var rig = new LookupRig([("Registries:0:Host", $"{host}:{registry.Port}"), ("Registries:0:PlainHttp", "true")]);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"{host}:{registry.Port}/acme/api:1"));
        Assert.Empty(registry.Seen);
    }

    [Fact]
    public async Task LookUp_ListedForOneHost_IsNotListedForAnother()
    {
        await using var registry = await TestServer.StartAsync(404);
        await using var rig = new LookupRig(
        [
            .. LookupRig.Trust(($"ours.test:{registry.Port}", null)), ("Registries:1:Host", $"theirs.test:{registry.Port}"), ("Registries:1:PlainHttp", "true"),
        ]);

        Assert.Equal(Existence.Absent, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:1"));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"theirs.test:{registry.Port}/acme/api:1"));
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task LookUp_RefusedNetwork_WinsOverListedOne()
    {
        await using var registry = await TestServer.StartAsync(404);
        await using var rig = new LookupRig([.. LookupRig.Trust(($"ours.test:{registry.Port}", null)), ("RefusedNetworks:0", "127.0.0.0/8")]);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:1"));
        Assert.Empty(registry.Seen);
    }

    [Fact]
    public async Task LookUp_NameResolvesElsewhereTheSecondTime_IsNotConnectedToThere()
    {
        var resolved = new ConcurrentQueue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]);
        await using var registry = await TestServer.StartAsync(
            context => TestServer.RespondAsync(context, 404, ("Connection", "close")), IPAddress.Any);
        await using var rig = new LookupRig(LookupRig.Trust(($"ours.test:{registry.Port}", null)), _ => [resolved.TryDequeue(out var next) ? next : IPAddress.None]);

        Assert.Equal(Existence.Absent, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:1"));
        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:2"));
        Assert.Equal("127.0.0.1", Assert.Single(registry.Seen).LocalAddress);
        Assert.Empty(resolved);
    }

    [Fact]
    public async Task LookUp_SomeAddressesAreAllowed_OnlyThoseAreUsed()
    {
        await using var registry = await TestServer.StartAsync(404, IPAddress.Any);
        await using var rig = new LookupRig(
            LookupRig.Trust(($"ours.test:{registry.Port}", null)), _ => [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback, IPAddress.Parse("127.0.0.3")]);

        Assert.Equal(Existence.Absent, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:1"));
        Assert.Equal("127.0.0.1", Assert.Single(registry.Seen).LocalAddress);
    }

    [Fact]
    public async Task LookUp_PlainHttpNotListed_IsSpokenToInTlsOnly()
    {
        await using var registry = await TestServer.StartAsync(404);
        await using var rig = new LookupRig([("Registries:0:Host", $"ours.test:{registry.Port}"), ("Registries:0:Networks:0", "127.0.0.0/8")]);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:1"));
        Assert.Empty(registry.Seen);
    }

    [Fact]
    public async Task LookUp_CertificateThatNobodyVouchesFor_IsNotSpokenTo()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=ours.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using var registry = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 404), certificate: certificate);
        await using var rig = new LookupRig([("Registries:0:Host", $"ours.test:{registry.Port}"), ("Registries:0:Networks:0", "127.0.0.0/8")]);

        Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:1"));
        Assert.Empty(registry.Seen);
    }

    [Theory]
    [InlineData("default: allow")]
    [InlineData("rules: [{name: a, match: {registries: ['*.test:PORT']}, action: allow}]\ndefault: deny")]
    [InlineData("rules: [{name: a, match: {registries: ['ours.test']}, action: allow}]\ndefault: allow")]
    public async Task LookUp_PolicyDoesNotNameTheRegistry_IsNotAsked(string policy)
    {
        await using var registry = await TestServer.StartAsync(404);
        var host = $"ours.test:{registry.Port}";
        await using var rig = new LookupRig(LookupRig.Trust((host, null)));
        var engine = PolicyText.Engine(policy.Replace("PORT", $"{registry.Port}", StringComparison.Ordinal) + "\npin: {registryLookup: fallback}");

        var facts = await rig.LookUpAsync(engine.Decide(new ImageContext($"{host}/acme/api:1") { Facts = RegistryFacts.Unasked }).Question!);

        Assert.Equal((true, null), (facts.DigestAsked, facts.Digest));
        Assert.Empty(registry.Seen);
    }

    [Fact]
    public async Task LookUp_PolicyNamesTheRegistry_IsAsked()
    {
        await using var registry = await TestServer.StartAsync(context => TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", Digest)));
        var host = $"ours.test:{registry.Port}";
        await using var rig = new LookupRig(LookupRig.Trust((host, null)));
        var engine = PolicyText.Engine($"rules: [{{name: a, match: {{registries: ['{host}']}}, action: allow}}]\ndefault: deny\npin: {{registryLookup: fallback}}");
        var context = new ImageContext($"{host}/acme/api:1") { Facts = RegistryFacts.Unasked };

        var facts = await rig.LookUpAsync(engine.Decide(context).Question!);

        Assert.Equal($"{host}/acme/api:1@{Digest}", engine.Decide(context with { Facts = facts }).Image);
    }

    [Theory]
    [InlineData("0x7f.1", "")]
    [InlineData("2130706433", "")]
    [InlineData("127.1", "5000")]
    [InlineData("[zz]", "")]
    [InlineData("ours.test", "99999999")]
    public void Endpoint_HostThatMeansAnotherInUrls_HasNoAddress(string name, string port) =>
        Assert.Null(RegistryEndpoint.Of(new RegistryHost(name, port), plainHttp: false).At("/v2/"));

    [Fact]
    public async Task LookUp_RegistryDown_IsUnknownAndSoonNotEvenTried()
    {
        int port;
        await using (var gone = await TestServer.StartAsync(404))
        {
            port = gone.Port;
        }

        var resolved = 0;
        await using var rig = new LookupRig(LookupRig.Trust(($"ours.test:{port}", null)), _ =>
        {
            Interlocked.Increment(ref resolved);
            return [IPAddress.Loopback];
        });

        for (var tag = 0; tag < 20; tag++)
        {
            Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test:{port}/acme/api:{tag}"));
        }

        Assert.InRange(resolved, 2, 6);
    }

    [Fact]
    public async Task LookUp_RegistrySwallowsConnections_IsSoonNotEvenTried()
    {
        var tried = 0;
        await using var rig = new LookupRig([("ConnectTimeout", "00:00:00.05")], async (_, cancellationToken) =>
        {
            Interlocked.Increment(ref tried);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return [];
        });

        for (var tag = 0; tag < 20; tag++)
        {
            Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test/acme/api:{tag}"));
        }

        Assert.InRange(tried, 1, 6);
    }

    [Fact]
    public async Task LookUp_ImagesThatBreakTheResponse_DoNotShutOutOthers()
    {
        // An author of images must not be able to stop look-ups in a registry.
        await using var registry = await TestServer.StartAsync(context =>
        {
            if (context.Request.Path.Value!.EndsWith("/good", StringComparison.Ordinal))
            {
                return TestServer.RespondAsync(context, 404);
            }

            context.Abort();
            return Task.CompletedTask;
        });
        await using var rig = new LookupRig(LookupRig.Trust(($"ours.test:{registry.Port}", null)));

        for (var tag = 0; tag < 20; tag++)
        {
            Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:{tag}"));
        }

        Assert.Equal(Existence.Absent, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:good"));
    }

    [Fact]
    public async Task LookUp_OneRegistryDown_OthersAreAsked()
    {
        int port;
        await using (var gone = await TestServer.StartAsync(404))
        {
            port = gone.Port;
        }

        await using var registry = await TestServer.StartAsync(404);
        await using var rig = new LookupRig(LookupRig.Trust(($"ours.test:{registry.Port}", null), ($"ours.test:{port}", null)));

        for (var tag = 0; tag < 10; tag++)
        {
            Assert.Equal(Existence.Unknown, await rig.ExistsAsync($"ours.test:{port}/acme/api:{tag}"));
        }

        Assert.Equal(Existence.Absent, await rig.ExistsAsync($"ours.test:{registry.Port}/acme/api:1"));
    }
}

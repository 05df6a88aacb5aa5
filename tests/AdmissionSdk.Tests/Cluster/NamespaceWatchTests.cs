using AdmissionSdk.Cluster;
using AdmissionSdk.Tests.Hosting;
using AdmissionSdk.Tests.Support;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Cluster;

/// <summary>Upkeep of the cache: the ends of watches, the requests after an end, and the pauses between requests.</summary>
/// <remarks>Covers <see cref="NamespaceCache"/>, <see cref="NamespaceStore"/>, <see cref="NamespaceWatch"/>.</remarks>
public sealed class NamespaceWatchTests : IAsyncLifetime, IDisposable
{
    private static readonly double[] BackingOff = [1, 2, 4, 8, 16, 30, 30];

    private readonly PauseRecorder _time = new();
    private readonly NamespaceLookupOptions _options = new();
    private readonly FakeLogger<NamespaceCache> _log = new();
    private int _passed;
    private FakeNamespaceApi _api = null!;
    private Kubernetes _client = null!;
    private NamespaceCache _cache = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeNamespaceApi.StartAsync();
        _api.Put("shop", "a", notify: false);
        _client = _api.Client();
        var services = new ServiceCollection().AddNamespaces();
        var connection = new ClusterConnection(new ServiceCollection().BuildServiceProvider(), () => _client, NullLogger<ClusterConnection>.Instance);
        var lookup = new ClusterLookup(connection, Options.Create(new ClusterLookupOptions()), _time);
        _cache = new NamespaceCache(connection, lookup, new LookupUse(services), Options.Create(_options), _time, _log);
    }

    public async Task DisposeAsync()
    {
        await ((IHostedService)_cache).StopAsync(CancellationToken.None);
        await _api.DisposeAsync();
    }

    public void Dispose()
    {
        _cache.Dispose();
        _client.Dispose();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Watch_IsRefusedWhileListsAreNot_BacksOff(int status)
    {
        // A watch is refused without the permission to watch, or with too many watches.
        _api.BrokenWatch = status;
        await StartAsync();

        Assert.Equal(BackingOff, await PausesAsync(7));
        Assert.Equal(7, Logged("NamespacesUnreachable"));
        // A list every half minute is enough for look-ups.
        Assert.Equal(LookupStatus.Found, (await _cache.GetAsync("shop", CancellationToken.None)).Status);
        Assert.DoesNotContain("get shop", _api.Calls);
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(410, "Expired")]
    public async Task Watch_IsBrokenOffFromWithin_PausesBeforeTheNextList(int code, string reason)
    {
        await StartAsync();
        await DeadlineTests.UntilAsync(() => Watches == 1);

        _api.Fail(code, reason);
        Assert.Equal(BackingOff[..1], await PausesAsync(1));

        Assert.Equal(1, Lists);
        _time.Advance(_time.Pauses[0]);
        await DeadlineTests.UntilAsync(() => Lists == 2);
        Assert.Equal(code == 410 ? 0 : 1, Logged("NamespacesUnreachable"));
    }

    [Fact]
    public async Task Watch_EndsWithoutAnEvent_GoesOnFromTheSameVersionWithoutAListOrAWarning()
    {
        await StartAsync();
        await DeadlineTests.UntilAsync(() => Watches == 1);

        _time.Advance(TimeSpan.FromSeconds(240));
        _api.EndWatch();
        await DeadlineTests.UntilAsync(() => Watches == 2);

        Assert.Equal(1, Lists);
        Assert.Equal(0, Logged("NamespacesUnreachable"));
        Assert.Single(_api.Versions.Distinct());
    }

    [Fact]
    public async Task Watch_EndsWithoutAnEvent_CountsAsHeard()
    {
        await StartAsync();
        await DeadlineTests.UntilAsync(() => Watches == 1);

        // An old API server sends no bookmarks: only the end of the watch shows that the watch was alive.
        _time.Advance(TimeSpan.FromSeconds(240));
        _api.EndWatch();
        await DeadlineTests.UntilAsync(() => Watches == 2);
        _time.Advance(TimeSpan.FromSeconds(240));

        Assert.Equal(LookupStatus.Found, (await _cache.GetAsync("shop", CancellationToken.None)).Status);
        Assert.DoesNotContain("get shop", _api.Calls);
    }

    [Fact]
    public async Task Watch_EndsAtOnceAgainAndAgain_BacksOff()
    {
        _api.EndsWatches = true;
        await StartAsync();

        Assert.Equal(BackingOff, await PausesAsync(7));
        Assert.Equal(1, Lists);
        Assert.Equal(0, Logged("NamespacesUnreachable"));
    }

    [Fact]
    public async Task Watch_TellsSomething_BeginsTheBackOffAnew()
    {
        _api.BrokenWatch = 403;
        await StartAsync();
        Assert.Equal(BackingOff[..3], await PausesAsync(3));

        _api.BrokenWatch = 0;
        _api.Put("shop", "b");
        _api.Fail(500, "InternalError");

        Assert.Equal([.. BackingOff[..3], BackingOff[0]], await PausesAsync(4));
    }

    [Fact]
    public async Task Watch_Bookmark_IsWhereTheNextOneBegins()
    {
        await StartAsync();
        await DeadlineTests.UntilAsync(() => Watches == 1);

        _api.Bookmark(4711);
        _api.EndWatch();
        await PausesAsync(1);
        _time.Advance(_time.Pauses[0]);
        await DeadlineTests.UntilAsync(() => _api.Versions.Contains("4711"));

        Assert.Equal(1, Lists);
    }

    [Fact]
    public async Task Watch_Bookmark_MakesWhatIsKnownFreshAgain()
    {
        _options.MaxStaleness = TimeSpan.FromMinutes(1);
        await StartAsync();
        await DeadlineTests.UntilAsync(() => Watches == 1);
        _time.Advance(TimeSpan.FromSeconds(90));
        Assert.True(await AsksAsync());

        _api.Bookmark(200);

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await AsksAsync())
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        async Task<bool> AsksAsync()
        {
            var before = _api.Calls.Count;
            Assert.Equal(LookupStatus.Found, (await _cache.GetAsync("shop", CancellationToken.None)).Status);
            return _api.Calls.Count > before;
        }
    }

    [Fact]
    public async Task List_NamespaceWasDeletedUnnoticed_IsForgotten()
    {
        await StartAsync();
        await DeadlineTests.UntilAsync(() => Watches == 1);

        _api.Delete("shop", notify: false);
        _api.Expire();
        await PausesAsync(1);
        _time.Advance(_time.Pauses[0]);
        await DeadlineTests.UntilAsync(() => _cache.Count == 0);

        Assert.Equal(LookupStatus.NotFound, (await _cache.GetAsync("shop", CancellationToken.None)).Status);
    }

    [Fact]
    public async Task List_ApiServerIsDown_BacksOff()
    {
        _api.Broken = 503;
        await ((IHostedService)_cache).StartAsync(CancellationToken.None);

        Assert.Equal(BackingOff, await PausesAsync(7));
        Assert.Equal(7, Lists);
    }

    private int Lists => _api.Calls.Count(call => call == "list");

    private int Watches => _api.Calls.Count(call => call == "watch");

    private int Logged(string name) => _log.Collector.GetSnapshot().Count(record => record.Id.Name == name);

    private async Task StartAsync()
    {
        await ((IHostedService)_cache).StartAsync(CancellationToken.None);
        await DeadlineTests.UntilAsync(() => _cache.IsOpen);
    }

    /// <summary>Collects the first pauses between requests, and ends each but the last as soon as the pause begins.</summary>
    private async Task<IReadOnlyList<double>> PausesAsync(int count)
    {
        for (; _passed < count; _passed++)
        {
            if (_passed > 0)
            {
                _time.Advance(_time.Pauses[_passed - 1]);
            }

            await DeadlineTests.UntilAsync(() => _time.Pauses.Count > _passed);
        }

        return [.. _time.Pauses.Select(pause => pause.TotalSeconds)];
    }
}

using AdmissionSdk.Cluster;
using AdmissionSdk.Tests.Hosting;
using AdmissionSdk.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Cluster;

/// <summary>Look-ups of namespaces while the cache is in step with the cluster, cold, and cut off: never a guess.</summary>
/// <remarks>Covers <see cref="ClusterLookup"/>, <see cref="ClusterServices"/>, <see cref="LookupResult{T}"/>, <see cref="NamespaceCache"/>, <see cref="NamespaceStore"/>, <see cref="NamespaceWatch"/>.</remarks>
public sealed class NamespaceLookupTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private FakeNamespaceApi _api = null!;
    private WebApplication? _app;

    public async Task InitializeAsync()
    {
        _api = await FakeNamespaceApi.StartAsync();
        _api.Put("shop", "a", notify: false);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Get_InStep_IsFromMemory()
    {
        var lookup = await StartSyncedAsync();

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("a", await TeamAsync(lookup, "shop"));
        }

        Assert.DoesNotContain(_api.Calls, call => call.StartsWith("get", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Information, Assert.Single(Logs, record => record.Id.Name == "NamespacesListed").Level);
    }

    [Fact]
    public async Task Get_LabelChanges_IsSeenThroughTheWatch()
    {
        var lookup = await StartSyncedAsync();

        _api.Put("shop", "b");

        await UntilAsync(async () => await TeamAsync(lookup, "shop") == "b");
    }

    [Fact]
    public async Task Get_NamespaceMadeJustNow_IsAskedForByItself()
    {
        var lookup = await StartSyncedAsync();

        _api.Put("new", "c", notify: false);

        Assert.Equal("c", await TeamAsync(lookup, "new"));
        Assert.Contains("get new", _api.Calls);
    }

    [Fact]
    public async Task Get_NoSuchNamespace_IsNotFound() =>
        Assert.Equal(LookupStatus.NotFound, (await (await StartSyncedAsync()).GetAsync("nowhere", CancellationToken.None)).Status);

    [Fact]
    public async Task Get_NamespaceDeleted_IsForgotten()
    {
        var lookup = await StartSyncedAsync();

        _api.Delete("shop");

        await UntilAsync(async () => (await lookup.GetAsync("shop", CancellationToken.None)).Status == LookupStatus.NotFound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_WatchEndsOrExpires_GoesOnWithWhatChangedMeanwhile(bool expires)
    {
        var lookup = await StartSyncedAsync();
        await UntilAsync(() => Task.FromResult(_api.Calls.Contains("watch")));

        if (expires)
        {
            _api.Put("shop", "b", notify: false);
            _api.Expire();
        }
        else
        {
            _api.EndWatch();
            await UntilAsync(() =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(_api.Calls.Count(call => call == "watch") >= 2);
            });
            _api.Put("shop", "b");
        }

        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return await TeamAsync(lookup, "shop") == "b";
        });
    }

    [Fact]
    public async Task Get_Cold_AsksByItselfAndSaysUnknownWhenThatFails()
    {
        _api.Broken = 403;
        var lookup = await StartAsync();

        var result = await lookup.GetAsync("shop", CancellationToken.None);

        Assert.Equal((LookupStatus.Unknown, "the API server answered 403"), (result.Status, result.Reason));
        await UntilAsync(() => Task.FromResult(Logs.Any(record => record.Id.Name == "NamespacesUnreachable" && record.Level == LogLevel.Warning)));
    }

    [Fact]
    public async Task Get_CutOff_IsFromMemoryUntilItIsStaleAndThenUnknown()
    {
        var lookup = await StartSyncedAsync();
        await UntilAsync(() => Task.FromResult(_api.Calls.Contains("watch")));
        _api.Broken = 503;
        _api.EndWatch();

        Assert.Equal("a", await TeamAsync(lookup, "shop"));
        _time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal("a", await TeamAsync(lookup, "shop"));
        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal(LookupStatus.Unknown, (await lookup.GetAsync("shop", CancellationToken.None)).Status);

        _api.Broken = 0;
        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return (await lookup.GetAsync("shop", CancellationToken.None)).Status == LookupStatus.Found;
        });
    }

    [Fact]
    public async Task Get_ApiServerHangs_IsUnknownAtTheTimeout()
    {
        var lookup = await StartSyncedAsync();
        _api.Hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var pending = lookup.GetAsync("elsewhere", CancellationToken.None).AsTask();
        await UntilAsync(() => Task.FromResult(_api.Calls.Contains("get elsewhere")));
        _time.Advance(TimeSpan.FromSeconds(1));

        var result = await pending;
        Assert.Equal((LookupStatus.Unknown, "the API server did not answer within 1 s"), (result.Status, result.Reason));
    }

    [Fact]
    public async Task Get_HandlersDeadlinePasses_Throws()
    {
        var lookup = await StartSyncedAsync();
        _api.Hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new CancellationTokenSource();

        var pending = lookup.GetAsync("elsewhere", handler.Token).AsTask();
        await handler.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
    }

    [Fact]
    public async Task Get_TooManyAtOnce_IsUnknownAtOnce()
    {
        var lookup = await StartSyncedAsync();
        _api.Hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var pending = Enumerable.Range(0, 32).Select(i => lookup.GetAsync($"n{i}", CancellationToken.None).AsTask()).ToArray();
        var result = await lookup.GetAsync("one-more", CancellationToken.None);

        Assert.Equal((LookupStatus.Unknown, "too many look-ups are under way"), (result.Status, result.Reason));
        _api.Hang.SetResult();
        await Task.WhenAll(pending);
    }

    [Fact]
    public async Task Memory_MoreNamespacesThanFit_AreAskedForByThemselves()
    {
        for (var i = 0; i < 1200; i++)
        {
            _api.Put($"n{i:0000}", "many", notify: false);
        }

        var lookup = await StartSyncedAsync(options => options.MaxNamespaces = 700);

        Assert.Equal(700, _app!.Services.GetRequiredService<NamespaceCache>().Count);
        Assert.Equal("many", await TeamAsync(lookup, "n1199"));
        Assert.Contains("get n1199", _api.Calls);
        Assert.Equal(3, _api.Calls.Count(call => call == "list"));
    }

    [Fact]
    public async Task Readyz_WaitsForTheFirstListButNotForLong()
    {
        _api.Broken = 500;
        await StartAsync();
        using var client = _app!.GetTestClient();

        Assert.Contains("(the first list of namespaces)", await ReadyAsync(client), StringComparison.Ordinal);
        // An API server that is down is down for every replica; without this limit none would ever be ready.
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.StartsWith("Healthy", await ReadyAsync(client), StringComparison.Ordinal);
    }

    private IReadOnlyList<FakeLogRecord> Logs => _app!.Services.GetFakeLogCollector().GetSnapshot();

    private static async Task<string> ReadyAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string?> TeamAsync(INamespaceLookup lookup, string name) =>
        (await lookup.GetAsync(name, CancellationToken.None)).Value?.Labels["team"];

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<INamespaceLookup> StartSyncedAsync(Action<NamespaceLookupOptions>? configure = null)
    {
        var lookup = await StartAsync(configure);
        var cache = _app!.Services.GetRequiredService<NamespaceCache>();
        await DeadlineTests.UntilAsync(() => cache.IsOpen);
        return lookup;
    }

    private async Task<INamespaceLookup> StartAsync(Action<NamespaceLookupOptions>? configure = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSingleton<IKubernetes>(_api.Client());
        builder.Services.AddAdmissionWebhooks().AddNamespaceLookup(configure)
            .AddValidating(WebhookHost.Name, webhook => webhook.Handle<V1Pod>(_ => AdmissionResult.Allow()));
        _app = builder.Build();
        _app.MapAdmissionHealthChecks();
        await _app.StartAsync();
        return _app.Services.GetRequiredService<INamespaceLookup>();
    }
}

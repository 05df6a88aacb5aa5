using AdmissionSdk.Cluster;
using AdmissionSdk.Tests.Hosting;
using AdmissionSdk.Tests.Support;
using k8s;
using k8s.Exceptions;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Cluster;

/// <summary>An application with look-ups starts without a cluster, and asks none that a test replaced.</summary>
/// <remarks>Covers <see cref="ClusterConnection"/>, <see cref="ClusterFinder"/>, <see cref="LookupUse"/>, <see cref="ClusterServices"/>, <see cref="NamespaceCache"/>, <see cref="ClusterLookup"/>.</remarks>
public sealed class WithoutClusterTests : IAsyncDisposable
{
    private readonly FakeLogCollector _log = new();
    private WebApplication? _app;
    private int _sought;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Start_WithoutKubeconfig_IsReadyAndEveryLookupIsUnknownWithOneWarning()
    {
        await StartAsync(_ => { });

        var first = await Lookup<INamespaceLookup>().GetAsync("shop", CancellationToken.None);
        var second = await Lookup<IClusterLookup>().GetAsync((client, token) => client.CoreV1.ReadNamespaceAsync("shop", cancellationToken: token), CancellationToken.None);

        Assert.Equal((LookupStatus.Unknown, "no cluster is known where this webhook runs"), (first.Status, first.Reason));
        Assert.Equal((LookupStatus.Unknown, first.Reason), (second.Status, second.Reason));
        using var client = _app!.GetTestClient();
        await DeadlineTests.UntilAsync(() => Lookup<NamespaceCache>().IsOpen);
        using var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.True(ready.IsSuccessStatusCode, await ready.Content.ReadAsStringAsync());
        var warning = Assert.Single(_log.GetSnapshot(), record => record.Level >= LogLevel.Warning && record.Id.Name == "ClusterNotKnown");
        Assert.Equal(
            "No cluster is known, so every look-up is Unknown (kubeconfig file not found): set KUBECONFIG or register an IKubernetes; in a test, register a look-up, such as FakeCluster of AdmissionSdk.Testing",
            warning.Message);
        Assert.Equal(1, _sought);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_NamespaceLookupOfOnesOwn_AsksNoOtherCluster(bool before)
    {
        var own = new OwnLookup();
        await StartAsync(services => services.AddSingleton<INamespaceLookup>(own).AddSingleton<IKubernetes>(_ => Seek()), before);

        Assert.Same(own, Lookup<INamespaceLookup>());
        using var client = _app!.GetTestClient();
        Assert.Equal("Healthy", (await client.GetStringAsync(new Uri("/readyz", UriKind.Relative))).Split('\n')[0]);
        await DeadlineTests.UntilAsync(() => Lookup<NamespaceCache>().IsOpen);
        Assert.Equal(0, _sought);
    }

    [Fact]
    public async Task Get_ClientOfTheApplicationFindsNoCluster_IsUnknown()
    {
        await StartAsync(services => services.AddSingleton<IKubernetes>(_ => Seek()));

        var known = await Lookup<INamespaceLookup>().GetAsync("shop", CancellationToken.None);
        var other = await Lookup<IClusterLookup>().GetAsync(
            (client, token) => client.CoreV1.ReadNamespacedConfigMapAsync("team", "shop", cancellationToken: token), CancellationToken.None);

        const string reason = "no cluster is known where this webhook runs";
        Assert.Equal((LookupStatus.Unknown, reason), (known.Status, known.Reason));
        Assert.Equal((LookupStatus.Unknown, reason), (other.Status, other.Reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_ClusterLookupOfOnesOwn_IsAskedForNamespacesToo(bool before)
    {
        await StartAsync(services => services.AddSingleton<IClusterLookup>(new OwnLookup()), before);

        var found = await Lookup<INamespaceLookup>().GetAsync("shop", CancellationToken.None);

        Assert.Equal((LookupStatus.Unknown, "own"), (found.Status, found.Reason));
        await DeadlineTests.UntilAsync(() => Lookup<NamespaceCache>().IsOpen);
        Assert.Equal(0, _sought);
    }

    private IKubernetes Seek()
    {
        _sought++;
        throw new KubeConfigException("kubeconfig file not found");
    }

    private T Lookup<T>()
        where T : notnull => _app!.Services.GetRequiredService<T>();

    private async Task StartAsync(Action<IServiceCollection> add, bool before = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(_log));
        builder.Services.AddSingleton<ClusterFinder>(Seek);
        if (before)
        {
            add(builder.Services);
        }

        builder.Services.AddAdmissionWebhooks().AddNamespaceLookup()
            .AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Handle<V1Pod>(_ => AdmissionResult.Allow()));
        if (!before)
        {
            add(builder.Services);
        }

        _app = builder.Build();
        _app.MapAdmissionHealthChecks();
        await _app.StartAsync();
    }

    private sealed class OwnLookup : INamespaceLookup, IClusterLookup
    {
        public ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken) =>
            ValueTask.FromResult(LookupResult<NamespaceLabels>.Unknown("own"));

        public ValueTask<LookupResult<T>> GetAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> get, CancellationToken cancellationToken)
            where T : class => ValueTask.FromResult(LookupResult<T>.Unknown("own"));
    }
}

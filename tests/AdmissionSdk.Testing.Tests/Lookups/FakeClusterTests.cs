using AdmissionSdk.Cluster;
using AdmissionSdk.Testing.Lookups;
using AdmissionSdk.Testing.Simulation;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests.Lookups;

/// <remarks>Covers <see cref="FakeCluster"/>, <see cref="SimulatedObjects"/>, <see cref="ObjectSourceHandler"/>, <see cref="ResourcePath"/>, <see cref="LookupUnknownException"/>.</remarks>
public sealed class FakeClusterTests
{
    private const string Name = "guard.example.com";

    private readonly FakeCluster _cluster = new FakeCluster()
        .AddNamespace("shop", new Dictionary<string, string> { ["stage"] = "prod" })
        .Add("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: team, namespace: shop, labels: {kind: team}}
            data: {plan: gold}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: other, namespace: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: bank}
            """);

    [Fact]
    public async Task GetAsync_Namespaces_HaveTheirLabels()
    {
        var found = await _cluster.GetAsync("shop", CancellationToken.None);

        Assert.Equal(("prod", "shop"), (found.Value!.Labels["stage"], found.Value.Labels["kubernetes.io/metadata.name"]));
        Assert.Equal(LookupStatus.Found, (await _cluster.GetAsync("bank", CancellationToken.None)).Status);
        Assert.Equal(LookupStatus.NotFound, (await _cluster.GetAsync("gone", CancellationToken.None)).Status);
    }

    [Fact]
    public async Task GetAsync_CallsOfTheClient_ReadAndList()
    {
        var team = await AskAsync((client, token) => client.CoreV1.ReadNamespacedConfigMapAsync("team", "shop", cancellationToken: token));
        var labelled = await AskAsync((client, token) => client.CoreV1.ListNamespacedConfigMapAsync("shop", labelSelector: "kind in (team)", cancellationToken: token));
        var everywhere = await AskAsync((client, token) => client.AppsV1.ListDeploymentForAllNamespacesAsync(cancellationToken: token));
        var missing = await AskAsync((client, token) => client.CoreV1.ReadNamespacedConfigMapAsync("team", "bank", cancellationToken: token));

        Assert.Equal("gold", team.Value!.Data["plan"]);
        Assert.Equal((null, null, null), (team.Reason, labelled.Reason, everywhere.Reason));
        Assert.Equal("team", Assert.Single(labelled.Value!.Items).Metadata.Name);
        Assert.Equal("web", Assert.Single(everywhere.Value!.Items).Metadata.Name);
        Assert.Equal(LookupStatus.NotFound, missing.Status);
    }

    [Fact]
    public async Task GetAsync_WhatOnlyAClusterCanDo_IsUnknown()
    {
        var written = await AskAsync((client, token) => client.CoreV1.DeleteNamespaceAsync("shop", cancellationToken: token));
        var scaled = await AskAsync((client, token) => client.AppsV1.ReadNamespacedDeploymentScaleAsync("web", "bank", cancellationToken: token));

        Assert.Equal("DELETE /api/v1/namespaces/shop can only be answered by a cluster", written.Reason);
        Assert.Equal("GET /apis/apps/v1/namespaces/bank/deployments/web/scale can only be answered by a cluster", scaled.Reason);
    }

    [Fact]
    public async Task Disconnect_EveryLookup_IsUnknownUntilItIsConnectedAgain()
    {
        _cluster.Disconnect("the API server answered 503");
        Assert.Equal("the API server answered 503", (await _cluster.GetAsync("shop", CancellationToken.None)).Reason);
        Assert.Equal(LookupStatus.Unknown, (await AskAsync((client, token) => client.CoreV1.ReadNamespaceAsync("shop", cancellationToken: token))).Status);

        _cluster.Disconnect(null);
        Assert.Equal(LookupStatus.Found, (await _cluster.GetAsync("shop", CancellationToken.None)).Status);
    }

    [Fact]
    public async Task AddTo_ApplicationWithLookups_AsksThisCluster()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddAdmissionWebhooks().AddNamespaceLookup().AddValidator<V1Pod, StageGuard>(Name);
            _cluster.AddTo(services);
        });

        Assert.True((await host.SendAsync(AdmissionReviewBuilder.Create(Pod("shop")))).Allowed);
        Assert.Equal("namespace gone: NotFound", (await host.SendAsync(AdmissionReviewBuilder.Create(Pod("gone")))).Message);
    }

    [Fact]
    public async Task Constructor_SimulatedServer_IsTheSource()
    {
        var server = new SimulatedApiServer();
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddAdmissionWebhooks().AddNamespaceLookup().AddValidator<V1Pod, StageGuard>(Name);
            new FakeCluster(server).AddTo(services);
        });
        server.RegisterWebhooks(host);
        server.AddNamespace("late", new Dictionary<string, string> { ["stage"] = "prod" });
        server.AddNamespace("test");

        Assert.Equal(201, (await server.CreateAsync(Pod("late"))).StatusCode);
        Assert.Equal(403, (await server.CreateAsync(Pod("test"))).StatusCode);
    }

    private ValueTask<LookupResult<T>> AskAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> get)
        where T : class => _cluster.GetAsync(get, CancellationToken.None);

    private static V1Pod Pod(string @namespace) => new()
    {
        ApiVersion = "v1",
        Kind = "Pod",
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = @namespace },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "web", Image = "nginx" }] },
    };

    private sealed class StageGuard(INamespaceLookup namespaces) : IValidator<V1Pod>
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            var known = await namespaces.GetAsync(context.Namespace, cancellationToken);
            return known.Value?.Labels.GetValueOrDefault("stage") == "prod"
                ? AdmissionResult.Allow()
                : AdmissionResult.Deny($"namespace {context.Namespace}: {known.Status}");
        }
    }
}

using AdmissionSdk.Cluster;
using AdmissionSdk.Tests.Support;
using k8s;
using k8s.Exceptions;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Tests.Cluster;

/// <summary>An application without a cluster: with look-ups of its own, as in tests, or without a kubeconfig, as on a new machine.</summary>
/// <remarks>Covers <see cref="ClusterServices"/>, <see cref="NamespaceCache"/>, <see cref="ClusterLookup"/>, <see cref="NamespaceCache"/>.</remarks>
public sealed class LookupReplacementTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_LookupReplaced_LeavesTheClusterAlone(bool before)
    {
        var clients = 0;
        await using var app = await StartAsync(services => services.AddSingleton<INamespaceLookup, OwnLookup>(), before, () => clients++);

        var known = await app.Services.GetRequiredService<INamespaceLookup>().GetAsync("shop", CancellationToken.None);

        Assert.Equal((LookupStatus.Found, 0), (known.Status, clients));
        using var client = app.GetTestClient();
        Assert.Equal("Healthy", (await client.GetStringAsync(new Uri("/readyz", UriKind.Relative))).Split('\n')[0]);
    }

    [Fact]
    public async Task Get_NoKubeConfig_IsUnknownAndTheApplicationStarts()
    {
        await using var app = await StartAsync(_ => { }, before: true, () => { });

        var known = await app.Services.GetRequiredService<INamespaceLookup>().GetAsync("shop", CancellationToken.None);
        var other = await app.Services.GetRequiredService<IClusterLookup>().GetAsync(
            (client, token) => client.CoreV1.ReadNamespacedConfigMapAsync("team", "shop", cancellationToken: token), CancellationToken.None);

        const string reason = "no cluster is known where this webhook runs";
        Assert.Equal((LookupStatus.Unknown, reason), (known.Status, known.Reason));
        Assert.Equal((LookupStatus.Unknown, reason), (other.Status, other.Reason));
    }

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> replace, bool before, Action clientMade)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<IKubernetes>(_ =>
        {
            clientMade();
            throw new KubeConfigException("kubeconfig file not found");
        });
        if (before)
        {
            replace(builder.Services);
        }

        builder.Services.AddAdmissionWebhooks().AddNamespaceLookup()
            .AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Handle<V1Pod>(_ => AdmissionResult.Allow()));
        if (!before)
        {
            replace(builder.Services);
        }

        var app = builder.Build();
        app.MapAdmissionHealthChecks();
        await app.StartAsync();
        return app;
    }

    private sealed class OwnLookup : INamespaceLookup
    {
        public ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken) =>
            ValueTask.FromResult(LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name }));
    }
}

using AdmissionSdk;
using AdmissionSdk.Testing;
using AdmissionSdk.Testing.ApiServer;
using AdmissionSdk.Testing.Simulation;
using k8s;
using k8s.Models;
using Shop.Webhooks;

namespace Snippets.Tests.Testing;

/// <summary>The blocks of docs/testing.md about API servers, the simulated and the real one.</summary>
/// <remarks>Covers docs/testing.md, <see cref="SimulatedApiServer"/>, <see cref="KubeApiServerFixture"/>.</remarks>
public sealed class ClusterSnippets
{
    private static readonly V1Pod Pod = new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "default" },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx:1.9" }] },
    };

    [Fact]
    public async Task Simulation_SlowSibling_IsInTheTrace()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
            .AddMutator<V1Pod, ShopRewriter>("images.shop.example.com"));
        var pod = Pod;

        #region testing-simulation
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(host);
        server.AddNamespace("shop", new Dictionary<string, string> { ["team"] = "shop" });
        server.SetLatency("images.shop.example.com", TimeSpan.FromSeconds(11)); // virtual: the test does not wait

        var response = await server.CreateAsync(pod, new SimulatedRequestOptions { Namespace = "shop", DryRun = true });

        Assert.Equal(500, response.StatusCode);
        Assert.Contains("context deadline exceeded", response.KubectlOutput, StringComparison.Ordinal);
        Assert.Equal(WebhookOutcome.CallFailed, response.Calls.Single().Outcome);
        #endregion
    }

    internal static async Task RealAsync(V1Pod pod)
    {
        #region testing-real
        await using var cluster = await KubeApiServerFixture.StartAsync();

        var builder = WebApplication.CreateBuilder();
        builder.Services.AddAdmissionTls(tls => tls.Port = 0);
        builder.Services.AddAdmissionWebhooks().AddMutator<V1Pod, ShopRewriter>("images.shop.example.com");
        await using var app = builder.Build();
        app.MapAdmissionWebhooks();
        await app.StartAsync();

        await using var installed = await cluster.InstallAsync(app); // waits until the API server really calls the webhook
        var stored = await cluster.Client.CoreV1.CreateNamespacedPodAsync(pod, await cluster.CreateNamespaceAsync());

        Assert.Equal("registry.example.com/nginx:1.9", stored.Spec.Containers[0].Image);
        #endregion
    }

    internal static void NotRun()
    {
        #region testing-real-not-run
        string? reason = KubeApiServerFixture.ReasonNotToRun(minimumVersion: new Version(1, 25));
        #endregion
        _ = reason;
    }
}

#region testing-five-tests
using AdmissionSdk;
using AdmissionSdk.Testing;
using AdmissionSdk.Testing.Simulation;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Shop.Webhooks;
using Xunit;

namespace Shop.Tests;

public sealed class WebhookTests
{
    private const string Rewriter = "images.shop.example.com";
    private const string Guard = "network.shop.example.com";

    // 1. One handler, no host.
    [Fact]
    public async Task Rewriter_ForeignImage_IsRewrittenWithAWarning()
    {
        var context = TestContexts.ForMutator(Pod("nginx:1.9"));

        await new ShopRewriter().MutateAsync(context, CancellationToken.None);

        Assert.Equal("registry.example.com/nginx:1.9", context.Object.Spec.Containers[0].Image);
        Assert.Equal(["nginx:1.9 is pulled from registry.example.com/"], context.GetWarnings());
    }

    // 2. The whole application, bytes in, bytes out. A field newer than the model is kept.
    [Fact]
    public async Task Application_ForeignImage_SendsAPatchThatKeepsUnknownFields()
    {
        await using var host = await StartAsync();
        var review = AdmissionReviewBuilder.Create(Pod("nginx:1.9")).WithUnknownField("/spec/containers/0/fromTheFuture");

        var outcome = (await host.SendAsync(review, Rewriter)).EnsureAllowed();

        Assert.Equal("registry.example.com/nginx:1.9", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
        Assert.Equal("kept", (string?)outcome.GetObject()["spec"]!["containers"]![0]!["fromTheFuture"]);
    }

    // 3. A denial: from YAML, by a certain user, as a dry run.
    [Fact]
    public async Task Application_HostNetwork_IsDenied()
    {
        await using var host = await StartAsync();
        var review = AdmissionReviewBuilder.Create(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              hostNetwork: true
              containers: [{name: main, image: nginx}]
            """).WithUser("system:serviceaccount:ci:deployer").WithDryRun();

        var outcome = (await host.SendAsync(review, Guard)).EnsureDenied();

        Assert.Equal((403, "hostNetwork is not allowed: use a Service"), (outcome.Code, outcome.Message));
    }

    // 4. What every webhook should be: idempotent, deterministic, harmless on DELETE and dry run, and so on.
    [Theory]
    [InlineData(Rewriter)]
    [InlineData(Guard)]
    public async Task Application_AnyPod_IsWellBehaved(string webhook)
    {
        await using var host = await StartAsync();

        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Pod("nginx:1.9")), webhook: webhook);
    }

    // 5. What a user of the cluster sees, in the API server's own words.
    [Fact]
    public async Task ApiServer_HostNetwork_TellsTheUserWhy()
    {
        await using var host = await StartAsync();
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(host);
        var pod = Pod("nginx:1.9");
        pod.Spec.HostNetwork = true;

        var response = await server.CreateAsync(pod);

        Assert.Equal(
            """Error from server (Forbidden): admission webhook "network.shop.example.com" denied the request: hostNetwork is not allowed: use a Service""",
            response.KubectlOutput);
    }

    private static Task<AdmissionTestHost> StartAsync() => AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
        .AddMutator<V1Pod, ShopRewriter>(Rewriter)
        .AddValidator<V1Pod, NetworkGuard>(Guard));

    private static V1Pod Pod(string image) => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "default", Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = image }] },
    };
}
#endregion

using AdmissionSdk;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing;
using AdmissionSdk.Testing.Simulation;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Hosting;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>Both webhooks behind an API server in memory, with their own configurations.</summary>
/// <remarks>Covers <see cref="WebhookSetup"/>, <see cref="ImageMutator"/>, <see cref="ImageGuard"/>.</remarks>
public sealed class SimulatedClusterTests : IAsyncLifetime
{
    private readonly SimulatedApiServer _server = new();
    private WebhookUnderTest _webhook = null!;

    public async Task InitializeAsync()
    {
        _webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text, "--Workloads=warn");
        _server.AddNamespace("shop");
        Use(_webhook.Host, "image-registry-webhook");
    }

    public async Task DisposeAsync() => await _webhook.DisposeAsync();

    [Fact]
    public async Task Create_Pod_IsStoredRewritten()
    {
        var response = await _server.CreateAsync(SamplePods.Pod("nginx:1.9"));

        Assert.Equal("registry.example.com/hub/library/nginx:1.9", response.EnsureSuccess().GetObject<V1Pod>().Spec.Containers[0].Image);
        Assert.Equal(["spec.containers[0].image: nginx:1.9 is pulled as registry.example.com/hub/library/nginx:1.9 (rule hub)"], response.Warnings);
        Assert.Empty(response.DroppedAuditAnnotations);
    }

    [Fact]
    public async Task Create_MutatorTooLate_TheGuardRefuses()
    {
        _server.SetLatency("images.registry-webhook.example.com", TimeSpan.FromSeconds(30));

        var response = await _server.CreateAsync(SamplePods.Pod("nginx:1.9"));

        Assert.Equal(
            """Error from server (Forbidden): admission webhook "guard.registry-webhook.example.com" denied the request: spec.containers[0].image: nginx:1.9 should have been rewritten to registry.example.com/hub/library/nginx:1.9 (rule hub); is the mutator running?""",
            response.KubectlOutput);
    }

    [Fact]
    public async Task Create_IstioInjectsItsImageLater_ItIsRewrittenInTheSecondRound()
    {
        await using var istio = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
            .AddMutator<V1Pod>("injector.istio.example.com", context =>
            {
                foreach (var container in context.Object.Spec.Containers.Where(container => container.Image == "auto"))
                {
                    container.Image = "istio/proxyv2:1.27";
                }

                return AdmissionResult.Allow();
            }));
        Use(istio, "istio");
        var pod = SamplePods.Pod("nginx:1.9");
        pod.Spec.Containers.Add(new V1Container { Name = "istio-proxy", Image = "auto" });

        var stored = (await _server.CreateAsync(pod)).EnsureSuccess().GetObject<V1Pod>();

        Assert.Equal(
            ["registry.example.com/hub/library/nginx:1.9", "registry.example.com/hub/istio/proxyv2:1.27"],
            stored.Spec.Containers.Select(container => container.Image));
        Assert.Equal(
            ["original.registry-webhook.example.com/app=nginx:1.9", "original.registry-webhook.example.com/istio-proxy=istio/proxyv2:1.27"],
            stored.Metadata.Annotations.Select(annotation => $"{annotation.Key}={annotation.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Update_PodThatWasThereBeforeThePolicy_LivesAndDies()
    {
        var pod = SamplePods.Pod("evil.example/x:1");
        pod.ApiVersion = "v1";
        pod.Kind = "Pod";
        _server.Store(pod);

        (await _server.PatchAsync("pods", "web", """{"metadata":{"labels":{"tier":"front"}}}""", new SimulatedRequestOptions { Namespace = "shop" })).EnsureSuccess();
        (await _server.DeleteAsync("pods", "web", new SimulatedRequestOptions { Namespace = "shop" })).EnsureSuccess();
    }

    [Fact]
    public async Task Create_Deployment_IsStoredAsItIsWithAWarning()
    {
        var response = await _server.CreateAsync(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: app, image: "nginx:1.9"}]}
            """);

        Assert.Equal("nginx:1.9", response.EnsureSuccess().GetObject<V1Deployment>().Spec.Template.Spec.Containers[0].Image);
        Assert.Equal(
            ["spec.template.spec.containers[0].image: nginx:1.9 is pulled as registry.example.com/hub/library/nginx:1.9 (rule hub)"], response.Warnings);
    }

    private void Use(AdmissionTestHost host, string app) => _server.RegisterWebhooks(
        host.Client,
        [.. WebhookConfigurations.Create(host.Services.GetRequiredService<WebhookRegistry>(), new ManifestOptions { App = app })]);
}

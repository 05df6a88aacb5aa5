using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>Tests <c>apply</c> beside other clients that write; the end-to-end tests have the rest.</summary>
/// <remarks>Covers <see cref="ApplyCommand"/>, <see cref="Applier"/>, <see cref="Pruner"/>, <see cref="ClusterConfigurations"/>, <see cref="OwnedFields"/>, <see cref="Conflicts"/>, <see cref="ApiErrors"/>.</remarks>
public sealed class ApplyCommandTests : IAsyncLifetime
{
    private const string Name = "image-registry.image-registry";
    private const string Images = "images.registry.example.com";
    private const string Labels = "labels.registry.example.com";
    private FakeApiServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Apply_WebhookThatLeftTheCodeAfterCertManagerFilledInItsCa_IsRemoved()
    {
        await ApplyAsync(Both);
        _server.Edit(Name, FillIn);

        Assert.Equal((0, $"MutatingWebhookConfiguration/{Name} changed (dry run)\n", ""), await ApplyAsync(OnlyImages, "--dry-run"));
        Assert.Equal([Images, Labels], Webhooks.Select(webhook => (string)webhook["name"]!));

        Assert.Equal((0, $"MutatingWebhookConfiguration/{Name} changed\n", ""), await ApplyAsync(OnlyImages));
        var left = Assert.Single(Webhooks);
        Assert.Equal((Images, "YnVuZGxl"), ((string)left["name"]!, (string?)left["clientConfig"]!["caBundle"]));
    }

    [Fact]
    public async Task Apply_CertManagerWritesInBetween_ReadsAgainAndKeepsWhatItWrote()
    {
        await ApplyAsync(Both);
        _server.Meanwhile.Enqueue(FillIn);
        _server.Meanwhile.Enqueue(FillIn);

        Assert.Equal((0, $"MutatingWebhookConfiguration/{Name} changed\n", ""), await ApplyAsync(OnlyImages));

        Assert.Equal("YnVuZGxl", (string?)Assert.Single(Webhooks)["clientConfig"]!["caBundle"]);
    }

    [Fact]
    public async Task Apply_SomebodyWhoNeverStopsWriting_EndsInOneLine()
    {
        await ApplyAsync(Both);
        for (var i = 0; i < 100; i++)
        {
            _server.Meanwhile.Enqueue(FillIn);
        }

        Assert.Equal((2, "", "error: the API server responded with status 409: the object has been modified.\n"), await ApplyAsync(OnlyImages));
    }

    [Fact]
    public async Task Apply_WithoutAPodReady_Warns()
    {
        _server.Slices = [];

        Assert.Equal(
            (0, $"MutatingWebhookConfiguration/{Name} created\n", "warning: no pod ready: until a pod is ready, every request that matches a webhook that fails closed is refused.\n"),
            await ApplyAsync(OnlyImages));
    }

    [Fact]
    public async Task Apply_PruneWithoutWebhooksInTheCode_RemovesTheConfiguration()
    {
        await ApplyAsync(OnlyImages);

        Assert.Equal((0, $"MutatingWebhookConfiguration/{Name} removed (dry run)\n", ""), await ApplyAsync(_ => { }, "--prune --dry-run"));
        Assert.True(_server.Contains(Name));

        Assert.Equal((0, $"MutatingWebhookConfiguration/{Name} removed\n", ""), await ApplyAsync(_ => { }, "--prune"));
        Assert.False(_server.Contains(Name));
    }

    private IEnumerable<JsonNode> Webhooks => _server.Get(Name)["webhooks"]!.AsArray().Select(webhook => webhook!);

    private static void FillIn(JsonObject configuration)
    {
        foreach (var webhook in configuration["webhooks"]!.AsArray())
        {
            webhook!["clientConfig"]!["caBundle"] = "YnVuZGxl";
        }
    }

    private static void Both(AdmissionWebhooksBuilder webhooks)
    {
        OnlyImages(webhooks);
        webhooks.AddMutatingWebhook(Labels, webhook => webhook.Handle<V1Service>(context => AdmissionResult.Allow()));
    }

    private static void OnlyImages(AdmissionWebhooksBuilder webhooks) =>
        webhooks.AddMutatingWebhook(Images, webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow()));

    private async Task<(int ExitCode, string Output, string Error)> ApplyAsync(Action<AdmissionWebhooksBuilder> webhooks, string options = "")
    {
        var run = await CommandRun.RunAsync($"apply --server {_server.Address} {options}", webhooks, settings: [("AdmissionWebhooks:Manifests:Certificates", "certManager")]);
        return (run.ExitCode, run.Output, run.Error);
    }
}

using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>What <c>apply</c> does where others write too; the end-to-end tests have the rest.</summary>
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

        Assert.Equal((2, "", "error: the API server answered 409: the object has been modified.\n"), await ApplyAsync(OnlyImages));
    }

    [Fact]
    public async Task Apply_WithoutAPodReady_Warns()
    {
        _server.Slices = [];

        Assert.Equal(
            (0, $"MutatingWebhookConfiguration/{Name} created\n", "warning: no pod ready: until a pod is ready, what webhooks that fail closed match is refused.\n"),
            await ApplyAsync(OnlyImages));
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
        webhooks.AddMutating(Labels, hook => hook.Handle<V1Service>(context => AdmissionResult.Allow()));
    }

    private static void OnlyImages(AdmissionWebhooksBuilder webhooks) =>
        webhooks.AddMutating(Images, hook => hook.Handle<V1Pod>(context => AdmissionResult.Allow()));

    private async Task<(int ExitCode, string Output, string Error)> ApplyAsync(Action<AdmissionWebhooksBuilder> webhooks, string options = "")
    {
        var run = await CommandRun.RunAsync($"apply --server {_server.Address} {options}", webhooks);
        return (run.ExitCode, run.Output, run.Error);
    }
}

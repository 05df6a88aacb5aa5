using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <remarks>Covers <see cref="DiffCommand"/>, <see cref="DriftFinder"/>.</remarks>
public sealed class DiffCommandTests : IAsyncLifetime
{
    private const string Name = "image-registry.image-registry";
    private FakeApiServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Diff_BeforeAndAfterApply_IsTheMissingConfigurationAndNothing()
    {
        Assert.Equal((1, $"MutatingWebhookConfiguration/{Name}\n  is not in the cluster: run `apply`\n", ""), await RunAsync("diff"));

        await RunAsync("apply");

        Assert.Equal((0, "", ""), await RunAsync("diff"));
    }

    [Fact]
    public async Task Diff_FieldChangedByHand_IsShownAndReturns1()
    {
        await RunAsync("apply");
        _server.Edit(Name, configuration => configuration["webhooks"]![0]!["timeoutSeconds"] = 9);

        Assert.Equal(
            (1, $"MutatingWebhookConfiguration/{Name}\n  webhooks[images.registry.example.com].timeoutSeconds: 5 in the code, 9 in the cluster\n", ""), await RunAsync("diff"));
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string command)
    {
        var run = await CommandRun.RunAsync(
            $"{command} --server {_server.Address}",
            (AdmissionWebhooksBuilder webhooks) => webhooks.AddMutatingWebhook("images.registry.example.com", webhook => webhook.Handle<V1Pod>(_ => AdmissionResult.Allow())),
            settings: [("AdmissionWebhooks:Manifests:Certificates", "certManager")]);
        return (run.ExitCode, run.Output, run.Error);
    }
}

using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>Tests <c>status</c> with an API server that has endpoint slices; the API server of the end-to-end tests may be older.</summary>
/// <remarks>Covers <see cref="StatusCommand"/>, <see cref="StatusReader"/>, <see cref="ServiceReader"/>, <see cref="Table"/>.</remarks>
public sealed class StatusCommandTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Status_PodsOnTheServicesPort_AreCountedOnceInBothAddressFamilies()
    {
        _server.Slices =
        [
            Slice("IPv4", "webhook", true, true, false), Slice("IPv4", "webhook", true), Slice("IPv6", "webhook", true, true, true), Slice("IPv4", "metrics", true, true, true, true),
        ];

        Assert.Contains("mutating   3 ready   ", await StatusAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_PodsOnAnotherPortOnly_AreNoneReady()
    {
        _server.Slices = [Slice("IPv4", "metrics", true)];

        Assert.Contains("mutating   no pod ready   ", await StatusAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ServiceWithoutThePort_SaysSo()
    {
        _server.Service = """{"metadata":{"name":"image-registry"},"spec":{"ports":[{"name":"webhook","port":8443}]}}""";

        Assert.Contains("mutating   the service has no port 443   ", await StatusAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_UrlWithAPublicCa_IsWell()
    {
        const string Options = "--url https://webhook.example.com --certificates secret";
        await CommandRun.RunAsync($"apply --server {_server.Address} {Options}", Images);

        var run = await CommandRun.RunAsync($"status --server {_server.Address} {Options}", Images);

        Assert.Equal(
            """
            WEBHOOK                       TYPE       REACHABLE                       CERTIFICATE              DRIFT
            images.registry.example.com   mutating   at webhook.example.com (not tried)   the API server's roots   none

            """,
            run.Output, ignoreWhiteSpaceDifferences: true);
        Assert.Equal(0, run.ExitCode);
    }

    private static string Slice(string family, string port, params bool[] ready) => $$"""
        {"addressType":"{{family}}","ports":[{"name":"{{port}}","port":8443}],"endpoints":[{{string.Join(',', ready.Select(Endpoint))}}]}
        """;

    private static string Endpoint(bool isReady) => isReady ? """{"addresses":["a"],"conditions":{"ready":true}}""" : """{"addresses":["a"],"conditions":{"ready":false}}""";

    private static void Images(AdmissionWebhooksBuilder webhooks) =>
        webhooks.AddMutatingWebhook("images.registry.example.com", webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow()));

    private async Task<string> StatusAsync()
    {
        await CommandRun.RunAsync($"apply --server {_server.Address} --certificates certManager", Images);
        return (await CommandRun.RunAsync($"status --server {_server.Address} --certificates certManager", Images)).Output;
    }
}

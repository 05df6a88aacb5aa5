using AdmissionSdk.Testing.Hosting;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Verbs;
using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests.Simulation;

/// <summary>Applications that share a simulated cluster. All hosts of a test project have the project's name.</summary>
/// <remarks>Covers <see cref="SimulatedApiServer"/>, <see cref="RegisteredWebhooks"/>, <see cref="ServerCore"/>.</remarks>
public sealed class RegisterWebhooksTests
{
    [Fact]
    public async Task RegisterWebhooks_TwoHosts_BothAreCalled()
    {
        await using var first = await StartAsync("first");
        await using var second = await StartAsync("second");
        var server = Server();

        server.RegisterWebhooks(first);
        server.RegisterWebhooks(second);

        var response = (await server.CreateAsync(Pods.Web())).EnsureSuccess();
        Assert.Equal(["first.test.example.com", "second.test.example.com"], response.Calls.Select(call => call.Webhook));
        Assert.Equal(2, response.Calls.Select(call => call.Configuration).Distinct().Count());
    }

    [Fact]
    public async Task RegisterWebhooks_SameHostAgain_ReplacesItsConfigurations()
    {
        await using var host = await StartAsync("only");
        var server = Server();

        server.RegisterWebhooks(host);
        server.RegisterWebhooks(host, "another");

        Assert.Equal("another", Assert.Single((await server.CreateAsync(Pods.Web())).Trace).Configuration);
    }

    [Fact]
    public async Task RegisterWebhooks_Names_DecideTheOrder()
    {
        // 1.7
        await using var first = await StartAsync("first");
        await using var second = await StartAsync("second");
        var server = Server();

        server.RegisterWebhooks(first, "b");
        server.RegisterWebhooks(second, "a");

        Assert.Equal(["a", "b"], (await server.CreateAsync(Pods.Web())).Calls.Select(call => call.Configuration));
        server.RemoveConfiguration("a");
        Assert.Equal(["b"], (await server.CreateAsync(Pods.Web("other"))).Trace.Select(call => call.Configuration));
    }

    private static SimulatedApiServer Server()
    {
        var server = new SimulatedApiServer();
        server.AddNamespace("shop");
        return server;
    }

    private static Task<AdmissionTestHost> StartAsync(string name) => AdmissionTestHost.StartAsync(services =>
        services.AddAdmissionWebhooks().AddMutator<V1Pod>($"{name}.test.example.com", _ => AdmissionResult.Allow()));
}

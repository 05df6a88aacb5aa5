using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Tests.Simulation.Support;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Calls;

/// <summary>Calls that fail before a response (contract 7.2, 9.1).</summary>
/// <remarks>Covers <see cref="SimulatedWebhookCaller"/>, <see cref="WebhookUrl"/>.</remarks>
public sealed class FailedCallTests
{
    [Fact]
    public async Task Create_DeadConnection_IsAFailedCall()
    {
        var server = Server(new FakeApp().On("/a", _ => throw new HttpRequestException("connection refused")), TestWebhook.Mutating("a"));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal(500, response.StatusCode);
        Assert.Equal("Internal error occurred: failed calling webhook \"a.test.example.com\": failed to call webhook: Post \"https://webhooks.system.svc:443/a?timeout=10s\": connection refused", response.Message);
        Assert.Equal(WebhookOutcome.CallFailed, response.Trace[0].Outcome);
    }

    [Fact]
    public async Task Create_CaBundleOfJunk_FailsAtCallTime()
    {
        // 7.2
        var app = new FakeApp();
        var server = Server(app, TestWebhook.Mutating("a", webhook => webhook.ClientConfig.CaBundle = "junk"u8.ToArray()));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal("Internal error occurred: failed calling webhook \"a.test.example.com\": could not get REST client: unable to load root certificates: unable to parse bytes as PEM block", response.Message);
        Assert.Empty(app.Calls);
    }

    private static SimulatedApiServer Server(FakeApp app, params V1MutatingWebhook[] webhooks)
    {
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", webhooks));
        return server;
    }
}

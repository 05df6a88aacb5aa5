using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Dispatch;

/// <summary>Deadlines in virtual time (contract 8.1–8.4); nothing here waits.</summary>
/// <remarks>Covers <see cref="RequestScope"/>, <see cref="SimulatedWebhookCaller"/>, <see cref="MutatingDispatcher"/>, <see cref="ValidatingDispatcher"/>.</remarks>
public class VirtualTimeTests
{
    [Fact]
    public async Task Create_ChainWithinItsTime_AddsUp()
    {
        var (server, _) = Server(("a", 2), ("b", 3));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.True(response.IsSuccess);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Elapsed);
    }

    [Fact]
    public async Task Create_ChainBeyondTheBudget_Is504AndLaterWebhooksAreNotCalled()
    {
        // 8.1, 8.3: each webhook is in time, all together are not, and Ignore does not help.
        var (server, app) = Server(("a", 14), ("b", 14), ("c", 14), ("d", 14));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal(504, response.StatusCode);
        Assert.Equal("Timeout: request did not complete within requested timeout - context deadline exceeded", response.Message);
        Assert.Equal(["/a", "/b", "/c"], app.Calls.Select(call => call.Path));
        Assert.Equal(TimeSpan.FromSeconds(34), response.Elapsed);
    }

    [Fact]
    public async Task Create_TimeoutParameter_IsWhatRemainsRoundedUp()
    {
        // 8.2: min(own timeout, what is left of the request), in whole seconds.
        var (server, app) = Server(("a", 14.5), ("b", 14.5), ("c", 1));

        await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal(["?timeout=15s", "?timeout=15s", "?timeout=5s"], app.Requests.Select(request => request.RequestUri!.Query));
    }

    [Fact]
    public async Task Create_UserTimeout_ShortensTheBudget()
    {
        var (server, app) = Server(("a", 1));

        var response = await server.CreateAsync(TestWebhook.Map("m"), new SimulatedRequestOptions { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(504, response.StatusCode);
        Assert.Equal("?timeout=1s", app.Requests.Single().RequestUri!.Query);
    }

    [Fact]
    public async Task Connect_HasNoBudget()
    {
        // 8.1: long-running requests have no deadline of their own.
        var (server, _) = Server(("a", 14), ("b", 14), ("c", 14));

        var response = await server.ConnectAsync("pods", "p", "exec");

        Assert.True(response.IsSuccess);
        Assert.Equal(TimeSpan.FromSeconds(42), response.Elapsed);
    }

    [Fact]
    public async Task Create_ValidatingBatch_TakesAsLongAsItsSlowest()
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request)).On("/b", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Validating("a"), TestWebhook.Validating("b")));
        server.SetLatency("a.test.example.com", TimeSpan.FromSeconds(3));
        server.SetLatency("b.test.example.com", TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(5), (await server.CreateAsync(TestWebhook.Map("m"))).Elapsed);
    }

    [Theory]
    [InlineData(1, 2, "denied by a")]
    [InlineData(2, 1, "denied by b")]
    [InlineData(1, 1, "denied by a")]
    public async Task Create_TwoDenials_TheFirstToArriveIsTheAnswer(int first, int second, string message)
    {
        // 1.8
        var app = new FakeApp().On("/a", request => FakeApp.Deny(request, """{"message":"denied by a"}""")).On("/b", request => FakeApp.Deny(request, """{"message":"denied by b"}"""));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Validating("a"), TestWebhook.Validating("b")));
        server.SetLatency("a.test.example.com", TimeSpan.FromSeconds(first));
        server.SetLatency("b.test.example.com", TimeSpan.FromSeconds(second));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.EndsWith(message, response.Message, StringComparison.Ordinal);
        Assert.All(response.Trace, call => Assert.Equal(WebhookOutcome.Rejected, call.Outcome));
    }

    [Fact]
    public async Task Create_RetryAfterWithinTheTimeout_CostsItsSeconds()
    {
        // 8.4
        var answers = new Queue<Func<System.Text.Json.Nodes.JsonObject, HttpResponseMessage>>([_ => FakeApp.Body(503, "", retryAfter: "2"), request => FakeApp.Allow(request)]);
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(new FakeApp().On("/a", request => answers.Dequeue()(request)).Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a")));
        server.SetLatency("a.test.example.com", TimeSpan.FromSeconds(1));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        var call = Assert.Single(response.Calls);
        Assert.Equal(2, call.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(4), call.Latency);
    }

    [Fact]
    public async Task Create_RetryAfterBeyondTheTimeout_ReadsAsALateAnswer()
    {
        // 8.4: the client sleeps first, and then finds its time over.
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(new FakeApp().On("/a", _ => FakeApp.Body(503, "", retryAfter: "2")).Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => webhook.TimeoutSeconds = 1)));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal("Internal error occurred: failed calling webhook \"a.test.example.com\": failed to call webhook: Post \"https://webhooks.system.svc:443/a?timeout=1s\": context deadline exceeded", response.Message);
        Assert.Equal(1, Assert.Single(response.Calls).Attempts);
    }

    [Fact]
    public async Task Create_UserGone_IsCancelled()
    {
        // 8.5
        using var gone = new CancellationTokenSource();
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(new FakeApp().On("/a", _ =>
        {
            gone.Cancel();
            throw new OperationCanceledException(gone.Token);
        }).Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a")));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.CreateAsync(TestWebhook.Map("m"), cancellationToken: gone.Token));
    }

    private static (SimulatedApiServer Server, FakeApp App) Server(params (string Name, double Seconds)[] webhooks)
    {
        var app = new FakeApp();
        var server = new SimulatedApiServer();
        foreach (var (name, seconds) in webhooks)
        {
            app.On($"/{name}", request => FakeApp.Allow(request));
            server.SetLatency($"{name}.test.example.com", TimeSpan.FromSeconds(seconds));
        }

        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", [.. webhooks.Select(webhook => TestWebhook.Mutating(webhook.Name, webhook =>
        {
            webhook.TimeoutSeconds = 15;
            webhook.FailurePolicy = "Ignore";
            webhook.Rules = [TestWebhook.Rule("*", "", "v1", "configmaps"), TestWebhook.Rule("CONNECT", "", "v1", "pods/exec")];
        }))]));
        return (server, app);
    }
}

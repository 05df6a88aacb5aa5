using System.Net;
using System.Text;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>The end of a replica: not ready at once, serving for the delay, then sending new reviews elsewhere while old reviews finish.</summary>
/// <remarks>Covers <see cref="DrainGate"/>, <see cref="DrainResponse"/>, <see cref="DrainService"/>, <see cref="DrainState"/>, <see cref="HostingServices"/>, <see cref="WebhookRuntimes"/>.</remarks>
public sealed class DrainTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SemaphoreSlim _entered = new(0);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _entered.Dispose();

    [Fact]
    public async Task Stop_DuringTheDelay_IsNotReadyButServesAndAsksForNewConnections()
    {
        await using var host = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/readyz")).Status);

        var stopping = host.StopAsync();

        var readiness = await host.GetAsync("/readyz");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (readiness.Status, readiness.Text.Contains("(draining)", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/livez")).Status);
        var answer = await host.PostAsync();
        answer.AssertReview();
        Assert.Equal(["close"], answer.Headers.Connection);

        _time.Advance(TimeSpan.FromSeconds(5));
        await stopping;
    }

    [Fact]
    public async Task Stop_OfAnApplicationThatIsDrained_DoesNotWaitAgain()
    {
        // A call of StopAsync while Main awaits RunAsync stops the application twice: the first stop ends the wait of RunAsync, which stops then.
        await using var host = await StartAsync(services => services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan));
        var stopping = host.StopAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await stopping;

        // The clock stands still: another delay would not end.
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Stop_AfterTheDelay_Answers503WithRetryAfterZeroAndFinishesWhatIsInFlight()
    {
        await using var host = await StartAsync();
        var slow = host.PostAsync(Slow());
        await _entered.WaitAsync();
        var stopping = host.StopAsync();

        await AdvanceToRefusingAsync(host);
        var refused = await host.PostAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "this replica is stopping\n"), (refused.Status, refused.Text));
        Assert.Equal(TimeSpan.Zero, refused.Headers.RetryAfter!.Delta);
        Assert.Equal(["close"], refused.Headers.Connection);
        Assert.False(stopping.IsCompleted);

        _release.SetResult();
        (await slow).AssertReview();
        await stopping;
    }

    [Fact]
    public async Task Stop_AfterTheDelay_ClosesIdleConnectionsAndKeepsBusyOnes()
    {
        await using var host = await StartAsync();
        using var idle = await host.ConnectAsync(TestReviews.CreatePod());
        var buffer = new byte[16 * 1024];
        await ReadResponseAsync(idle.GetStream());
        using var busy = await host.ConnectAsync(Slow());
        await _entered.WaitAsync();

        var stopping = host.StopAsync();
        await AdvanceToRefusingAsync(host);

        Assert.Equal(0, await idle.GetStream().ReadAsync(buffer));
        _release.SetResult();
        var read = await busy.GetStream().ReadAsync(buffer);
        Assert.StartsWith("HTTP/1.1 200 OK", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task Stop_HandlerNeverEnds_EndsWithTheHostsPatience()
    {
        await using var host = await StartAsync(services =>
            services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100)));
        var slow = host.PostAsync(Slow());
        await _entered.WaitAsync();

        await Record.ExceptionAsync(host.StopAsync);

        Assert.Single(host.Logs, record => record.Id.Name == "Unfinished");
        _release.SetResult();
        await Record.ExceptionAsync(() => slow);
    }

    [Theory]
    [InlineData(30, 20, true)]
    [InlineData(30, 45, false)]
    [InlineData(5, 20, false)]
    public async Task Start_ChosenShutdownTimeoutIsTooShort_SaysWhatItNeeds(int webhookTimeout, int shutdownTimeout, bool tooShort)
    {
        await using var host = await KestrelHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Timeout(TimeSpan.FromSeconds(webhookTimeout))
                .Handle<V1Pod>(_ => AdmissionResult.Allow())),
            services: services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(shutdownTimeout)));

        var line = host.Logs.SingleOrDefault(record => record.Id.Name == "ShutdownTimeoutTooShort");
        Assert.Equal(tooShort, line is not null);
        Assert.Equal(TimeSpan.FromSeconds(shutdownTimeout), ShutdownTimeout(host.Services));
        if (line is not null)
        {
            Assert.StartsWith("The host stops after 00:00:20, but draining takes up to 00:00:45", line.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(30, 45)]
    [InlineData(15, 30)]
    [InlineData(5, 30)]
    public async Task Start_DefaultShutdownTimeoutIsTooShort_IsRaised(int webhookTimeout, int shutdownTimeout)
    {
        await using var host = await KestrelHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Timeout(TimeSpan.FromSeconds(webhookTimeout)).Handle<V1Pod>(_ => AdmissionResult.Allow())));

        Assert.Equal(TimeSpan.FromSeconds(shutdownTimeout), ShutdownTimeout(host.Services));
        Assert.Equal(shutdownTimeout > 30, host.Logs.Any(record => record.Id.Name == "ShutdownTimeoutRaised"));
    }

    [Fact]
    public async Task Reload_ConfiguredTimeoutIsLonger_RaisesTheShutdownTimeout()
    {
        const string timeout = $"AdmissionWebhooks:Webhooks:{WebhookHost.Name}:Timeout";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(timeout, (string?)"20s")]).Build();
        await using var host = await ObservedHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            services: services => services.AddSingleton<IConfiguration>(configuration));
        Assert.Equal(TimeSpan.FromSeconds(35), ShutdownTimeout(host.Host.Services));

        configuration[timeout] = "30s";
        configuration.Reload();

        Assert.Equal(TimeSpan.FromSeconds(45), ShutdownTimeout(host.Host.Services));
    }

    [Fact]
    public async Task Stop_InDevelopment_HasNoDelay()
    {
        await using var host = await StartAsync(environment: "Development");

        // The clock of this test never moves, so any delay would last for ever.
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Limits_OfKestrel_SuitTheApiServersClient()
    {
        // Contract 6.4: the API server keeps idle connections for 90 s. A server that closes first races with the next review.
        await using var host = await StartAsync();

        var limits = host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.True(limits.KeepAliveTimeout > TimeSpan.FromSeconds(90));
        Assert.Null(limits.MaxConcurrentConnections);
        Assert.True(limits.RequestHeadersTimeout <= TimeSpan.FromSeconds(30));
        Assert.True(limits.MaxRequestHeadersTotalSize <= 32 * 1024);
    }

    private static TimeSpan ShutdownTimeout(IServiceProvider services) => services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

    /// <summary>Reads one response, so that the next byte belongs to another.</summary>
    private static async Task ReadResponseAsync(Stream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await stream.ReadAsync(buffer));
            head.Append((char)buffer[0]);
        }

        var length = head.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        await stream.ReadExactlyAsync(new byte[int.Parse(length["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture)]);
    }

    private async Task AdvanceToRefusingAsync(KestrelHost host)
    {
        var state = host.Services.GetRequiredService<DrainState>();
        await DeadlineTests.UntilAsync(() =>
        {
            // Small steps keep the deadline of the review in flight far away.
            _time.Advance(TimeSpan.FromMilliseconds(state.Phase == DrainPhase.Refusing ? 0 : 1));
            return state.Phase == DrainPhase.Refusing;
        });
    }

    private static byte[] Slow() => TestReviews.CreatePod(review => review.Request()["name"] = "slow");

    private Task<KestrelHost> StartAsync(Action<IServiceCollection>? services = null, string environment = "Production") => KestrelHost.StartAsync(
        webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(async (context, _) =>
        {
            if (context.Name == "slow")
            {
                _entered.Release();
                await _release.Task;
            }

            return AdmissionResult.Allow();
        })),
        _time,
        services: services,
        environment: environment);
}

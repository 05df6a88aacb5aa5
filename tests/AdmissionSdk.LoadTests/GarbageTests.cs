using System.Net.Sockets;
using System.Text;
using AdmissionSdk.Contexts;
using AdmissionSdk.Hosting;
using AdmissionSdk.LoadTests.Support;
using AdmissionSdk.Reviews;
using k8s.Models;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>Requests of anonymous callers: no server error, no growth, and the API server is served meanwhile.</summary>
/// <remarks>Covers <see cref="AdmissionEndpoint"/>, <see cref="RequestGate"/>, <see cref="BodyReader"/>, <see cref="AdmissionReviewReader"/>, <see cref="ObjectDecoder"/>.</remarks>
public sealed class GarbageTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Post_Garbage_GetsTheStatusOfItsKindAndNothingGrows()
    {
        await using var host = await StartAsync();
        var random = new Random(20260101);
        for (var i = 0; i < 300; i++)
        {
            await PostAsync(host, Garbage.Of(i % Garbage.KindCount, random));
        }

        var before = Footprint.Now();
        var statuses = new SortedDictionary<int, int>();
        var count = LoadSize.Of(1_000, 10_000);
        for (var i = 0; i < count; i++)
        {
            var garbage = Garbage.Of(i % Garbage.KindCount, random);
            var (status, body) = await PostAsync(host, garbage);
            Assert.True(status == garbage.Status, $"{garbage.Kind}: {status}, expected {garbage.Status}: {body}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        var after = Footprint.Now();
        output.WriteLine($"ci: {count} garbage requests of {Garbage.KindCount} kinds: {string.Join(", ", statuses.Select(pair => $"{pair.Value} times {pair.Key}"))}; {before}, then {after}");
        after.AssertNotGrown(before);
        Assert.Equal(200, (await host.PostAsync(LoadHost.Json(RecordedReviews.Pod), "?timeout=5s")).Status);
    }

    [Fact]
    public async Task Connections_SlowAndHalfOpen_OthersAreServedAndAllEnd()
    {
        // Kestrel's own limits, shortened, end connections that never become a request.
        await using var host = await StartAsync(limits => (limits.RequestHeadersTimeout, limits.KeepAliveTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)));
        await OpenAllAsync(host, 10);
        var before = Footprint.Now();

        await OpenAllAsync(host, LoadSize.Of(20, 100));

        var after = Footprint.Now();
        output.WriteLine($"ci: slow and half-open connections: {before}, then {after}");
        after.AssertNotGrown(before);
    }

    /// <summary>Opens a number of connections of every kind, and returns when each connection has ended as expected.</summary>
    private static async Task OpenAllAsync(LoadHost host, int count)
    {
        var ends = Enumerable.Range(0, count).SelectMany(_ => new[]
        {
            EndsAsync(host, ""),
            EndsAsync(host, "POST /webhook?timeout=1s HT"),
            EndsAsync(host, Head() + "{\"kind\":", closeHalf: true),
            TimesOutAsync(host, trickle: false),
            TimesOutAsync(host, trickle: true),
        }).ToArray();

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await host.PostAsync(LoadHost.Json(RecordedReviews.Pod), "?timeout=5s")).Status);
        }

        await Task.WhenAll(ends);
    }

    /// <summary>Opens a connection that the server ends by itself, with or without a response.</summary>
    private static async Task EndsAsync(LoadHost host, string text, bool closeHalf = false)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var connection = await ConnectAsync(host, text, patience.Token);
        var stream = connection.GetStream();
        if (closeHalf)
        {
            connection.Client.Shutdown(SocketShutdown.Send);
        }

        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    /// <summary>Sends a body that stalls, or comes a byte at a time: the response comes at the deadline.</summary>
    private static async Task TimesOutAsync(LoadHost host, bool trickle)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var connection = await ConnectAsync(host, Head() + "{\"kind\":", patience.Token);
        using var received = new CancellationTokenSource();
        var sending = trickle ? TrickleAsync(connection.GetStream(), received.Token) : Task.CompletedTask;

        Assert.Equal(408, (await RawHttpResponse.ReadAsync(connection.GetStream(), patience.Token)).Status);

        await received.CancelAsync();
        await sending;
    }

    private static async Task TrickleAsync(Stream stream, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync(" "u8.ToArray(), stop);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The server has closed the connection, or its response is here.
        }
    }

    private static async Task<TcpClient> ConnectAsync(LoadHost host, string text, CancellationToken cancellationToken)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(host.Address.Host, host.Address.Port, cancellationToken);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        return connection;
    }

    private static string Head() =>
        $"POST /webhook?timeout=1s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {RecordedReviews.Pod.Length}\r\n\r\n";

    private static Task<LoadHost> StartAsync(Action<KestrelServerLimits>? limits = null) => LoadHost.StartAsync(
        webhooks => webhooks.AddValidatingWebhook(
            "pods.load.example.com", webhook => webhook.Path("/webhook").OnUndecodable(UndecodablePolicy.Deny).OnUnmatched(UnmatchedPolicy.Deny)
                .Handle<V1Pod>(_ => AdmissionResult.Allow())),
        limits: limits);

    private static async Task<(int Status, string Body)> PostAsync(LoadHost host, Garbage garbage)
    {
        using var content = garbage.ToContent();
        return await host.PostAsync(content, "?timeout=5s");
    }
}

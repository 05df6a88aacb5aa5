using System.Diagnostics;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.LoadTests.Support;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>Bad handlers, up to the limit: every response is right and comes before the API server hangs up, and the process is well afterwards.</summary>
/// <remarks>Covers <see cref="HandlerChain"/>, <see cref="HandlerCancellation"/>, <see cref="AbandonedCalls"/>, <see cref="ReviewDeadline"/>, <see cref="WebhookRuntime"/>, <see cref="DeadlineClock"/>.</remarks>
public sealed class HostileHandlerTests(ITestOutputHelper output)
{
    private const int Limit = 64;
    private const int Rounds = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    // The longest margin allowed: docs/operations.md has the margins that a real API server needs.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(0.9);

    // By default all test projects share the cores, so the content of a response counts, and not its time.
    private static readonly TimeSpan Patience = LoadSize.Of(TimeSpan.FromSeconds(60), Timeout);

    [Theory]
    [InlineData("block", "no decision within 2.1 s")]
    [InlineData("hang", "no decision within 2.1 s")]
    [InlineData("ignore", "no decision within 2.1 s")]
    [InlineData("heed and block", "no decision within 2.1 s")]
    [InlineData("block in a callback", "no decision within 2.1 s")]
    [InlineData("heed by another exception", "no decision within 2.1 s")]
    [InlineData("throw", "NotSupportedException")]
    [InlineData("null", "returned null")]
    public async Task Post_HandlersMisbehave_EveryResponseIsOursAndOnTime(string behaviour, string text)
    {
        await using var host = await StartAsync();
        using var abandoned = new AbandonedHandlers();
        Assert.Contains(text, await PostAsync(host, behaviour), StringComparison.Ordinal);
        await abandoned.NoneAsync();

        var late = Limit;
        for (var round = 1; round <= Rounds && late > 0; round++)
        {
            // Other machines may take the cores for a round: a round with late responses is run again.
            var clock = Stopwatch.StartNew();
            var responses = await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => PostAsync(host, behaviour)));
            late = responses.Count(response => response is null);
            output.WriteLine($"ci: hostile handlers, {behaviour}: {Limit - late} responses in {clock.Elapsed.TotalSeconds:0.00} s, {late} too late");
            Assert.All(responses.Where(response => response is not null), response => Assert.Contains(text, response, StringComparison.Ordinal));
            await abandoned.NoneAsync();

            // All slots are free again.
            var good = await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => host.PostAsync(LoadHost.Json(RecordedReviews.Pod), "?timeout=30s")));
            Assert.All(good, response => Assert.Equal(200, response.Status));
        }

        Assert.Equal(0, late);
        using var ready = await host.Client.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.True(ready.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Post_HandlersAllocate500Megabytes_MemoryReturns()
    {
        await using var host = await StartAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < LoadSize.Of(2, 20); i++)
        {
            Assert.Equal(200, (await host.PostAsync(LoadHost.Json(RecordedReviews.PodNamed("allocate")), "?timeout=30s")).Status);
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine($"ci: handlers that allocate 500 MB: managed memory {before >> 20} MiB before, {after >> 20} MiB after");
        Assert.True(after - before < 64 << 20);
    }

    /// <summary>Posts a review that fails, and returns the body; null when the API server would have hung up before the response.</summary>
    private static async Task<string?> PostAsync(LoadHost host, string behaviour)
    {
        using var apiServer = new CancellationTokenSource(Patience);
        try
        {
            var (status, body) = await host.PostAsync(LoadHost.Json(RecordedReviews.PodNamed(behaviour)), "?timeout=3s", apiServer.Token);
            Assert.Equal(500, status);
            return body;
        }
        catch (OperationCanceledException) when (apiServer.IsCancellationRequested)
        {
            return null;
        }
    }

    private static Task<LoadHost> StartAsync() => LoadHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
        "pods.load.example.com", webhook => webhook.Path("/webhook").MaxConcurrentReviews(Limit).Handle<V1Pod>(async (context, cancellationToken) =>
        {
            switch (context.Name)
            {
                case "block":
                    Block();
                    break;
                case "heed and block":
                    try
                    {
                        await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                    }
                    finally
                    {
                        Block();
                    }

                    break;
                case "block in a callback":
                    await using (cancellationToken.Register(Block))
                    {
                        await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                    }

                    break;
                case "heed by another exception":
                    await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw new HttpRequestException("the connection was closed");
                case "hang":
                    await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                    break;
                case "ignore":
                    await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, CancellationToken.None);
                    break;
                case "throw":
                    throw new NotSupportedException("secret");
                case "null":
                    return null!;
                case "allocate":
                    Allocate();
                    break;
            }

            return AdmissionResult.Allow();
        })), options => options.DeadlineMargin = Margin);

    private static void Block()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromSeconds(4), CancellationToken.None);
    }

    private static void Allocate()
    {
        var megabytes = new List<byte[]>();
        for (var i = 0; i < 500; i++)
        {
            // Filled, so that the memory is really allocated.
            var megabyte = new byte[1 << 20];
            Array.Fill(megabyte, (byte)i);
            megabytes.Add(megabyte);
        }

        GC.KeepAlive(megabytes);
    }
}

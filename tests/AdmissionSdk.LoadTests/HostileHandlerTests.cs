using System.Diagnostics;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>As many bad handlers as the limit allows: every answer is right and comes before the API server hangs up, and the process is well afterwards.</summary>
public sealed class HostileHandlerTests(ITestOutputHelper output)
{
    private const int Limit = 64;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("block", "no decision within 1.85 s")]
    [InlineData("hang", "no decision within 1.85 s")]
    [InlineData("ignore", "no decision within 1.85 s")]
    [InlineData("throw", "NotSupportedException")]
    [InlineData("null", "returned null")]
    public async Task Post_HandlersMisbehave_EveryAnswerIsOursAndOnTime(string behaviour, string text)
    {
        await using var host = await StartAsync();
        var clock = Stopwatch.StartNew();

        // Each call gives up when the API server would.
        var answers = await Task.WhenAll(Enumerable.Range(0, Limit).Select(async _ =>
        {
            using var apiServer = new CancellationTokenSource(Timeout);
            return await host.PostAsync(LoadHost.Json(Reviews.PodNamed(behaviour)), "?timeout=2s", apiServer.Token);
        }));

        output.WriteLine($"{behaviour}: {Limit} answers in {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.All(answers, answer =>
        {
            Assert.Equal(500, answer.Status);
            Assert.Contains(text, answer.Body, StringComparison.Ordinal);
        });
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
            Assert.Equal(200, (await host.PostAsync(LoadHost.Json(Reviews.PodNamed("allocate")), "?timeout=10s")).Status);
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine($"managed memory: {before >> 20} MiB before, {after >> 20} MiB after");
        Assert.True(after - before < 64 << 20);
    }

    private static Task<LoadHost> StartAsync() => LoadHost.StartAsync(webhooks => webhooks.AddValidating(
        "pods.load.example.com", hook => hook.Path("/hook").MaxConcurrentReviews(Limit).Handle<V1Pod>(async (context, cancellationToken) =>
        {
            switch (context.Name)
            {
                case "block":
                    using (var never = new ManualResetEventSlim())
                    {
                        never.Wait(TimeSpan.FromSeconds(4), CancellationToken.None);
                    }

                    break;
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
        })));

    private static void Allocate()
    {
        var megabytes = new List<byte[]>();
        for (var i = 0; i < 500; i++)
        {
            // Touched, so that it is real memory.
            var megabyte = new byte[1 << 20];
            Array.Fill(megabyte, (byte)i);
            megabytes.Add(megabyte);
        }

        GC.KeepAlive(megabytes);
    }
}

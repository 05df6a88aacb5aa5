using System.Diagnostics;
using System.Text.Json.Nodes;
using AdmissionSdk.Health;
using AdmissionSdk.Hosting;
using AdmissionSdk.LoadTests.Support;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>A replica is replaced by another under load, by SIGTERM as in a roll-out: no review fails.</summary>
/// <remarks>Covers docs/operations.md, <see cref="DrainService"/>, <see cref="DrainGate"/>, <see cref="DrainState"/>, <see cref="ReadinessCheck"/>, <see cref="Microsoft.AspNetCore.Builder.AdmissionCommandLineExtensions"/>.</remarks>
public sealed class RolloutTests(ITestOutputHelper output)
{
    // By default all test projects share the cores, and a replica may have to wait for a core.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(LoadSize.Of(30, 5));

    [Fact]
    public async Task SigTerm_UnderLoad_NoReviewFails()
    {
        await using var service = new ServiceBalancer();
        // Longer than a change of readiness takes to arrive, and than a command line usually lets a program live after SIGTERM.
        var drainDelay = TimeSpan.FromSeconds(3);
        await using var first = await Replica.StartAsync(drainDelay);
        service.Add(first.Address);
        await ReadyAsync(service, 1);

        using var stop = new CancellationTokenSource();
        var counters = new Counters();
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(() => LoadAsync(service, counters, stop.Token))).ToArray();
        await PauseAsync(LoadSize.Of(1, 20));

        await using var second = await Replica.StartAsync(drainDelay);
        service.Add(second.Address);
        await ReadyAsync(service, 2);
        await PauseAsync(LoadSize.Of(1, 10));
        var clock = Stopwatch.StartNew();
        var exitCode = await first.TerminateAsync();
        var stopped = clock.Elapsed;
        await PauseAsync(LoadSize.Of(1, 28));
        await stop.CancelAsync();
        await Task.WhenAll(load);

        output.WriteLine($"ci: roll-out: {counters.Decided} reviews decided, {counters.Retries} retries, {counters.Failures.Count} failed; the first replica took {stopped.TotalSeconds:0.00} s to stop");
        Assert.Empty(counters.Failures);
        Assert.True(counters.Decided > 100);
        Assert.Equal(0, exitCode);
    }

    private static async Task LoadAsync(ServiceBalancer service, Counters counters, CancellationToken stop)
    {
        using var client = new ApiServerClient(service.Address, Timeout);
        while (!stop.IsCancellationRequested)
        {
            var uid = Guid.NewGuid().ToString();
            try
            {
                var (status, body) = await client.CallAsync(RecordedReviews.PodNamed("web", uid));
                var response = status == 200 ? JsonNode.Parse(body)!["response"] : null;
                if ((string?)response?["uid"] == uid && (bool)response["allowed"]! && response["patch"] is not null)
                {
                    Interlocked.Increment(ref counters.Decided);
                }
                else
                {
                    counters.Fail($"{status} {body}");
                }
            }
            catch (Exception exception)
            {
                counters.Fail(exception.ToString());
            }
        }

        Interlocked.Add(ref counters.Retries, client.Retries);
    }

    private static async Task ReadyAsync(ServiceBalancer service, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (service.ReadyEndpoints < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private static Task PauseAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, CancellationToken.None);

    private sealed class Counters
    {
        public int Decided;
        public int Retries;

        public List<string> Failures { get; } = [];

        public void Fail(string what)
        {
            lock (Failures)
            {
                Failures.Add(what);
            }
        }
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>A replica is replaced by another under load, by SIGTERM as in a roll-out: no review fails.</summary>
public sealed class RolloutTests(ITestOutputHelper output)
{
    // By default all test projects share the cores, and a replica may have to wait for them.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(LoadSize.Of(30, 5));

    [Fact]
    public async Task SigTerm_UnderLoad_NoReviewFails()
    {
        await using var service = new ServiceBalancer();
        // Longer than it takes to be heard of, and than a command line usually lets a program live after SIGTERM.
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

        output.WriteLine($"ci: roll-out: {counters.Answered} reviews answered, {counters.Retries} retries, {counters.Failures.Count} failed; the first replica took {stopped.TotalSeconds:0.00} s to stop");
        Assert.Empty(counters.Failures);
        Assert.True(counters.Answered > 100);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task SigTerm_DrainDelayIsOverBeforeItIsHeardOf_ReviewsAreTriedAgainElsewhere()
    {
        // Contract 8.4. The Service goes on sending reviews to a replica that takes no more, and stays only for one that is slow. Two others, so
        // that ten tries are enough for everybody; each review on a connection of its own, because kept ones leave the replica at once.
        await using var service = new ServiceBalancer();
        await using var first = await Replica.StartAsync(TimeSpan.FromMilliseconds(200));
        service.Add(first.Address);
        await ReadyAsync(service, 1);
        using var stop = new CancellationTokenSource();
        var counters = new Counters();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(() => LoadAsync(service, counters, stop.Token, keepConnections: false))).ToArray();
        await PauseAsync(1);
        using var client = new ApiServerClient(service.Address, Timeout);
        var slow = client.CallAsync(Reviews.PodNamed("slow"));

        await using var second = await Replica.StartAsync(TimeSpan.FromSeconds(3));
        await using var third = await Replica.StartAsync(TimeSpan.FromSeconds(3));
        service.Add(second.Address);
        service.Add(third.Address);
        await ReadyAsync(service, 3);
        Assert.Equal(200, (await slow).Status);
        slow = client.CallAsync(Reviews.PodNamed("slow"));
        var exitCode = await first.TerminateAsync();
        await PauseAsync(1);
        await stop.CancelAsync();
        await Task.WhenAll(load);

        output.WriteLine($"ci: roll-out with too short a drain delay: {counters.Answered} reviews answered, {counters.Retries} retries, {counters.Failures.Count} failed");
        Assert.Empty(counters.Failures);
        Assert.True(counters.Retries > 0);
        Assert.Equal((200, 0), ((await slow).Status, exitCode));
    }

    private static async Task LoadAsync(ServiceBalancer service, Counters counters, CancellationToken stop, bool keepConnections = true)
    {
        using var kept = new ApiServerClient(service.Address, Timeout);
        while (!stop.IsCancellationRequested)
        {
            using var own = keepConnections ? null : new ApiServerClient(service.Address, Timeout);
            var client = own ?? kept;
            var uid = Guid.NewGuid().ToString();
            try
            {
                var (status, body) = await client.CallAsync(Reviews.PodNamed("web", uid));
                var response = status == 200 ? JsonNode.Parse(body)!["response"] : null;
                if ((string?)response?["uid"] == uid && (bool)response["allowed"]! && response["patch"] is not null)
                {
                    Interlocked.Increment(ref counters.Answered);
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

            Interlocked.Add(ref counters.Retries, own?.Retries ?? 0);
        }

        Interlocked.Add(ref counters.Retries, kept.Retries);
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
        public int Answered;
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

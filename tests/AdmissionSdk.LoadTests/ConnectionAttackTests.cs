using System.Diagnostics;
using AdmissionSdk.Certificates;
using AdmissionSdk.Connections;
using AdmissionSdk.LoadTests.Support;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>
/// Attacks on connections and streams of the reference webhook, in the memory that its pod has, beside an API server that behaves and the kubelet's probes. The attacker has an
/// address of its own, or that of the API servers, as behind a load balancer.
/// </summary>
/// <remarks>Covers <see cref="ConnectionGuard"/>, <see cref="ConnectionTable"/>, <see cref="RequestAllowance"/>, <see cref="KestrelLimits"/>, <see cref="AdmissionListenerSetup"/>.</remarks>
public sealed class ConnectionAttackTests(ITestOutputHelper output)
{
    private const long Memory = 512L << 20;
    private const double RefusedAllowed = 0.01;
    private static readonly TimeSpan Quiet = AttackSize.Of(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
    private static readonly TimeSpan LongestAttack = AttackSize.Of(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    public static TheoryData<string, bool> Attacks()
    {
        // Each takes ten seconds and more, so that only the worst are always run.
        var attacks = new TheoryData<string, bool> { { "handshakes without a request", false }, { Attack.StalledStreamsName, true } };
        if (AttackSize.IsAll)
        {
            foreach (var attack in Attack.All)
            {
                attacks.Add(attack.Name, attack.Name == "handshakes without a request");
            }
        }

        return attacks;
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Attack_InThePodsMemory_HarmsNobody(string name, bool fromTheSameAddress)
    {
        var attack = Attack.All.Single(attack => attack.Name == name);
        await using var webhook = await CagedWebhook.StartAsync(Memory);
        // The first reviews of a process are slow.
        await ServeAsync(webhook, () => Task.Delay(Quiet, TimeProvider.System));
        var quiet = await ServeAsync(webhook, () => Task.Delay(Quiet, TimeProvider.System));
        var before = webhook.Resident;

        var outcome = "";
        var hit = await ServeAsync(webhook, async () =>
        {
            using var stop = new CancellationTokenSource();
            using var attacker = new Attacker(fromTheSameAddress ? TlsClient.ApiServer : TlsClient.Attacker, webhook.Port, stop.Token);
            var attacking = attack.RunAsync(attacker);
            await Task.WhenAny(attacking, Task.Delay(LongestAttack, TimeProvider.System));
            await Task.Delay(Quiet, TimeProvider.System);
            outcome = attacker.Outcome;
            await stop.CancelAsync();
            await attacking;
        });
        var peak = webhook.Peak;
        var (after, seconds) = await RecoverAsync(webhook, before);

        output.WriteLine(
            $"ci: {name}{(fromTheSameAddress ? ", from the API servers' address" : "")}: {(webhook.IsAlive ? "alive" : "DEAD")} ({webhook.CageKind}); {hit.Victim.Refused} of {hit.Victim.Sent} reviews refused, {hit.Victim.AllowedUnread} allowed unread, p99 {quiet.Victim.Percentile(0.99):0} -> {hit.Victim.Percentile(0.99):0} ms; {hit.Probe.Failed} of {hit.Probe.Asked} probes failed; {before} MiB, peak {peak}, {after} after {seconds:0} s; {outcome}");
        output.WriteLine($"{hit.Victim.Failures}{Environment.NewLine}{webhook.Output}");
        Assert.True(webhook.IsAlive, webhook.Output);
        Assert.Equal(0, quiet.Victim.Refused + quiet.Probe.Failed);
        Assert.Equal(0, hit.Victim.AllowedUnread);
        Assert.True(hit.Victim.Refused <= hit.Victim.Sent * RefusedAllowed, $"{hit.Victim.Refused} of {hit.Victim.Sent}: {hit.Victim.Failures}");
        Assert.True(hit.Probe.FailedInARow < 3, $"{hit.Probe.FailedInARow} probes failed in a row, after which the kubelet restarts the pod");
        Assert.True(peak << 20 < Memory, $"{peak} MiB");
        Assert.True(after <= Allowed(before), $"{before} MiB became {after} after {Recovery}");
    }

    // The heap keeps some of what it once had.
    private static long Allowed(long before) => before + (before / 2);

    /// <summary>Serves an API server and probes while something happens.</summary>
    private static async Task<(Victim Victim, Probe Probe)> ServeAsync(CagedWebhook webhook, Func<Task> happens)
    {
        using var stop = new CancellationTokenSource();
        var (victim, probe) = (new Victim(TlsClient.ApiServer, webhook.Port), new Probe(webhook.Port));
        var serving = Task.WhenAll(victim.RunAsync(stop.Token), probe.RunAsync(stop.Token));
        await happens();
        await stop.CancelAsync();
        await serving;
        return (victim, probe);
    }

    /// <summary>Waits for the memory to come back, while the API server goes on.</summary>
    private static async Task<(long After, double Seconds)> RecoverAsync(CagedWebhook webhook, long before)
    {
        var started = Stopwatch.GetTimestamp();
        var after = webhook.Resident;
        await ServeAsync(webhook, async () =>
        {
            while (webhook.IsAlive && after > Allowed(before) && Stopwatch.GetElapsedTime(started) < Recovery)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
                after = webhook.Resident;
            }
        });
        return (after, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}

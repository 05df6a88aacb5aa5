using AdmissionSdk.Certificates;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.ManagedCertificates;

/// <summary>
/// Years of rotations with API servers that learn of configurations late, replicas that come, go and stall, and clocks that differ: no API server ever
/// meets a replica whose certificate it does not trust.
/// </summary>
/// <remarks>Covers <see cref="ManagedReplica"/>, <see cref="RotationPlan"/>, <see cref="TrustLog"/>.</remarks>
public sealed class RotationPropertyTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Rotations_WithLagsRestartsAndStalls_AreNeverSeenByAnApiServer(int seed)
    {
        var random = new Random(seed);
        var (cluster, options) = (new SharedCluster(), new ManagedCertificateOptions());
        // Rotations every few minutes, with the wait that is needed for the lag of this cluster.
        (options.CaLifetime, options.CertificateLifetime) = (TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(6));
        (options.PropagationDelay, options.Interval) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10));
        var lags = new[] { 0, 20, 55 };
        List<(DateTimeOffset At, byte[]? Bundle)> history = [];
        var clock = new FakeTimeProvider(Start);
        var replicas = Enumerable.Range(0, 3).Select(i => (Time: Skewed(clock, i - 1), Replica: (TestReplica?)null)).ToArray();
        HashSet<string> seen = [];
        var checks = 0;
        for (var step = 0; step < 1_000; step++)
        {
            for (var i = 0; i < replicas.Length; i++)
            {
                var roll = random.Next(100);
                // One in a hundred looks is the last before a restart; one in five is missed.
                replicas[i].Replica = roll == 0 || replicas[i].Replica is null ? new TestReplica(cluster, replicas[i].Time, options) : replicas[i].Replica;
                if (roll < 80)
                {
                    await replicas[i].Replica!.LookAsync();
                }
            }

            history.Add((clock.GetUtcNow(), cluster.Bundle));
            seen.UnionWith(CaBundleText.Read(cluster.Bundle).Select(item => item.Thumbprint));
            foreach (var (lag, replica) in lags.SelectMany(lag => replicas.Select(item => (lag, item.Replica!))).Where(item => item.Item2 is { Status.Obstacle: null, Serving.Pem: not null }))
            {
                var known = history.LastOrDefault(item => item.At <= clock.GetUtcNow().AddSeconds(-lag));
                if (step > 20)
                {
                    checks++;
                    Assert.True(replica.IsAcceptedWith(known.Bundle, clock.GetUtcNow()), $"step {step}, lag {lag} s, seed {seed}");
                }
            }

            clock.Advance(Tick);
            foreach (var (time, _) in replicas)
            {
                time.Advance(Tick);
            }
        }

        Assert.True(seen.Count > 5, $"only {seen.Count} CAs");
        Assert.True(checks > 8_000, $"only {checks} checks");
    }

    private static FakeTimeProvider Skewed(FakeTimeProvider clock, int seconds) => new(clock.Start.AddSeconds(seconds));
}

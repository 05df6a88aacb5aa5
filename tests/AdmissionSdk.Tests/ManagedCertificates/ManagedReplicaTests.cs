using System.Text;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.ManagedCertificates;

/// <summary>Replicas that share a Secret: one CA, no moment in which a served certificate is not trusted, and a stated outcome of everything that goes wrong.</summary>
/// <remarks>Covers <see cref="ManagedReplica"/>, <see cref="CaBundleInjector"/>, <see cref="ManagedHealthCheck"/>, <see cref="ManagedStatus"/>, <see cref="RepairBudget"/>, <see cref="ReportedProblems"/>, <see cref="TrustLog"/>, <see cref="LiveBundles"/>, <see cref="LiveConfiguration"/>.</remarks>
public sealed class ManagedReplicaTests
{
    private readonly SharedCluster _cluster = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Look_FiveReplicasAtOnce_EndWithOneCaThatVerifiesAll()
    {
        var replicas = Enumerable.Range(0, 5).Select(_ => new TestReplica(_cluster, _time)).ToArray();

        // The second writes between the first's read and its write.
        _cluster.Meanwhile = replicas[1].LookAsync;
        foreach (var replica in replicas)
        {
            await replica.LookAsync();
        }

        Assert.Equal(1, _cluster.Writes.Secret);
        Assert.Single(CaBundleText.Read(_cluster.Bundle));
        Assert.All(replicas, replica => Assert.True(replica.IsAcceptedWith(_cluster.Bundle)));
        Assert.All(replicas, replica => Assert.Null(replica.Status.Obstacle));
    }

    [Fact]
    public async Task Look_Again_ChangesNothing()
    {
        var replica = new TestReplica(_cluster, _time);
        await replica.LookAsync();
        var writes = _cluster.Writes;

        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            await replica.LookAsync();
        }

        Assert.Equal(writes, _cluster.Writes);
    }

    [Fact]
    public async Task Look_NoConfigurationYet_ServesAndIsReady()
    {
        _cluster.HasConfiguration = false;
        var replica = new TestReplica(_cluster, _time);

        await replica.LookAsync();

        Assert.True(replica.Serving.IsUsable);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(replica)).Status);
    }

    [Fact]
    public async Task Look_ConfigurationThatCannotBeRead_IsReadyWithADetail()
    {
        _cluster.Refusal = (null, "the service account has no right to get");
        var replica = new TestReplica(_cluster, _time);

        await replica.LookAsync();
        await replica.LookAsync();

        Assert.True(replica.Serving.IsUsable);
        var health = await HealthAsync(replica);
        Assert.Equal((HealthStatus.Degraded, "the service account has no right to get"), (health.Status, health.Description));
        Assert.Single(replica.Lines("ManagedCertificateProblem"));
    }

    [Fact]
    public async Task Look_BundleCannotBePutIn_IsNotReady()
    {
        var replica = new TestReplica(_cluster, _time);
        _cluster.IsFilledByCertManager = true;

        await replica.LookAsync();

        var health = await HealthAsync(replica);
        Assert.Equal((HealthStatus.Unhealthy, "the CA bundle in the cluster does not verify the certificate of this replica"), (health.Status, health.Description));
        Assert.Contains(replica.Lines("ManagedCertificateProblem"), line => line.Contains("asks cert-manager for its CA bundle: run `apply`", StringComparison.Ordinal));
        Assert.Equal(0, _cluster.Writes.Configuration);
    }

    [Fact]
    public async Task Look_SecretWasDeleted_ServesOnAndPutsItBackWhenItIsThere()
    {
        var replica = new TestReplica(_cluster, _time);
        await replica.LookAsync();
        var (before, pem) = (_cluster.Secret!, replica.Serving.Pem);

        _cluster.Secret = null;
        await replica.LookAsync();

        Assert.Equal(pem, replica.Serving.Pem);
        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(replica)).Status);
        Assert.Single(replica.Lines("ManagedCertificateProblem"));

        _cluster.Secret = new Dictionary<string, byte[]>();
        await new TestReplica(_cluster, _time).LookAsync();
        Assert.Empty(_cluster.Secret);
        await replica.LookAsync();

        Assert.Equal(Text(before), Text(_cluster.Secret));
        Assert.Contains(replica.Lines("ManagedCertificatesChanged"), line => line.StartsWith("Managed certificates: restored;", StringComparison.Ordinal));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(replica)).Status);
    }

    [Fact]
    public async Task Look_SecretWasDamaged_IsRestoredByAReplicaThatKnowsTheCa()
    {
        var replica = new TestReplica(_cluster, _time);
        await replica.LookAsync();
        var before = _cluster.Secret!;

        _cluster.Secret = new Dictionary<string, byte[]>(before) { ["ca.key"] = Encoding.ASCII.GetBytes("nonsense") };
        await replica.LookAsync();

        Assert.Equal(Text(before), Text(_cluster.Secret));
        Assert.Equal(
            "The Secret of managed certificates was damaged (the file holds no private key in PEM (-----BEGIN PRIVATE KEY-----)), and was written anew",
            Assert.Single(replica.Lines("ManagedSecretDamaged")));
    }

    [Fact]
    public async Task Look_EmptySecretAndATrustedCaThatNobodyKnows_MakesAnotherCaAndKeepsTheTrustedOne()
    {
        var other = new TestReplica(_cluster, _time);
        await other.LookAsync();
        _cluster.Secret = new Dictionary<string, byte[]>();
        var fresh = new TestReplica(_cluster, _time);

        await fresh.LookAsync();
        Assert.False(fresh.Serving.IsUsable);
        _time.Advance(TimeSpan.FromSeconds(30));
        await fresh.LookAsync();

        Assert.True(fresh.IsAcceptedWith(_cluster.Bundle));
        Assert.True(other.IsAcceptedWith(_cluster.Bundle));
        Assert.Equal(2, CaBundleText.Read(_cluster.Bundle).Count);

        // The other goes over when every API server can know the new CA, and not before.
        var before = other.Serving.Pem;
        await other.LookAsync();
        Assert.Equal(before, other.Serving.Pem);
        _time.Advance(TimeSpan.FromMinutes(1));
        await other.LookAsync();
        Assert.NotEqual(before, other.Serving.Pem);
        Assert.Equal(fresh.Serving.Pem, other.Serving.Pem);
    }

    [Fact]
    public async Task Look_RightToTheSecretIsRevoked_ServesOnAndLeavesTheConfigurationAlone()
    {
        var replica = new TestReplica(_cluster, _time);
        await replica.LookAsync();
        _cluster.Refusal = ("the service account has no right to get the Secret", null);
        _cluster.Overwrite("", "kubectl");

        await replica.LookAsync();

        Assert.True(replica.Serving.IsUsable);
        Assert.Equal(1, _cluster.Writes.Configuration);
        Assert.Contains(replica.Lines("ManagedCertificateProblem"), line => line.StartsWith("Managed certificates: the service account has no right to get the Secret. The certificate that is served ends 2030-01-31", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Look_BundleWasOverwritten_IsPutBack(string bundle)
    {
        var replica = new TestReplica(_cluster, _time);
        using var repairs = new MetricCollector<long>(replica.Meters, "AdmissionSdk", "admission.configuration.repairs");
        await replica.LookAsync();

        _cluster.Overwrite(bundle, "kubectl-client-side-apply");
        await replica.LookAsync();

        Assert.True(replica.IsAcceptedWith(_cluster.Bundle));
        Assert.Equal(
            $"The CA bundle of {SharedCluster.Configuration} was overwritten by kubectl-client-side-apply, and was put back", Assert.Single(replica.Lines("CaBundleRepaired")));
        Assert.Equal("CaBundleRepaired: The CA bundle was overwritten by kubectl-client-side-apply, and was put back.", Assert.Single(_cluster.Events));
        var repair = Assert.Single(repairs.GetMeasurementSnapshot());
        Assert.Equal((1L, "ca_bundle", "repaired"), (repair.Value, repair.Tags["admission.part"], repair.Tags["admission.result"]));
    }

    [Fact]
    public async Task Look_SomebodyInsists_GivesUpWithALineAndTriesAgainLater()
    {
        var replica = new TestReplica(_cluster, _time);
        await replica.LookAsync();

        for (var i = 0; i < 20; i++)
        {
            _cluster.Overwrite("", "argocd-controller");
            _time.Advance(TimeSpan.FromSeconds(10));
            await replica.LookAsync();
        }

        Assert.Equal(1 + RepairBudget.Most, _cluster.Writes.Configuration);
        Assert.Contains(
            $"Managed certificates: the CA bundle of {SharedCluster.Configuration} was put back 5 times in 10 minutes and is overwritten again, by argocd-controller:",
            Assert.Single(replica.Lines("ManagedCertificateProblem")), StringComparison.Ordinal);
        _time.Advance(RepairBudget.Window);
        await replica.LookAsync();
        Assert.True(replica.IsAcceptedWith(_cluster.Bundle));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Look_ClockOfOneReplicaIsAnHourOff_ChangesNothingMoreThanOnce(int hours)
    {
        var right = new TestReplica(_cluster, _time);
        var wrongTime = new FakeTimeProvider(_time.Start.AddHours(hours));
        var wrong = new TestReplica(_cluster, wrongTime);
        await wrong.LookAsync();

        for (var i = 0; i < 200; i++)
        {
            await right.LookAsync();
            await wrong.LookAsync();
            Assert.True(right.IsAcceptedWith(_cluster.Bundle) && wrong.IsAcceptedWith(_cluster.Bundle, _time.GetUtcNow()));
            _time.Advance(TimeSpan.FromHours(12));
            wrongTime.Advance(TimeSpan.FromHours(12));
        }

        // A hundred days: renewals on days 20, 40, 60 and 80, and nothing else.
        Assert.Equal(1 + 4, _cluster.Writes.Secret);
    }

    private static string Text(IDictionary<string, byte[]>? data) => string.Join('\n', data!.OrderBy(item => item.Key).Select(item => $"{item.Key}: {Encoding.ASCII.GetString(item.Value)}"));

    private static Task<HealthCheckResult> HealthAsync(TestReplica replica) =>
        new ManagedHealthCheck(replica.Status).CheckHealthAsync(new HealthCheckContext(), CancellationToken.None);
}

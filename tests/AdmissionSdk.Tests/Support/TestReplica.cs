using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Certificates;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Support;

/// <summary>One replica with managed certificates, which looks at the cluster when the test says so.</summary>
internal sealed class TestReplica
{
    public static readonly string[] Names = ["pod-guard.pod-guard.svc"];

    private readonly ManagedReplica _replica;
    private readonly TimeProvider _time;

    public TestReplica(SharedCluster cluster, TimeProvider time, ManagedCertificateOptions? options = null)
    {
        options ??= new ManagedCertificateOptions();
        _time = time;
        var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddFakeLogging()).BuildServiceProvider();
        Meters = services.GetRequiredService<IMeterFactory>();
        Collector = services.GetFakeLogCollector();
        var (metrics, loggers, connection) = (new AdmissionMetrics(Meters), services.GetRequiredService<ILoggerFactory>(), cluster.Connect());
        Serving = new ServingCertificate(time);
        _replica = new ManagedReplica(
            connection,
            new RotationPlan(options, "pod-guard", Names),
            options,
            Serving,
            new CaBundleInjector(connection, metrics, time, loggers.CreateLogger<CaBundleInjector>()),
            Status,
            metrics,
            time,
            loggers.CreateLogger<ManagedReplica>());
    }

    public IMeterFactory Meters { get; }

    public FakeLogCollector Collector { get; }

    public ServingCertificate Serving { get; }

    public ManagedStatus Status { get; } = new();

    public Task LookAsync() => _replica.RunAsync(CancellationToken.None);

    /// <summary>True if an API server with this bundle would accept the certificate that is served.</summary>
    public bool IsAcceptedWith(byte[]? bundle, DateTimeOffset? now = null)
    {
        if (Serving.Pem is not { } pem)
        {
            return false;
        }

        using var leaf = X509Certificate2.CreateFromPem(pem);
        return CaBundleText.Verifies(bundle, leaf, [], now ?? _time.GetUtcNow());
    }

    public IEnumerable<string> Lines(string name) => Collector.GetSnapshot().Where(record => record.Id.Name == name).Select(record => record.Message);
}

using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using AdmissionSdk.Manifests;
using AdmissionSdk.Observability;
using k8s;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>Runs this replica's part in managed certificates as long as the application runs; does nothing in the other modes.</summary>
internal sealed class CertificateManager(
    IOptions<AdmissionTlsOptions> tls,
    IServiceProvider services,
    IConfiguration configuration,
    IHostEnvironment environment,
    ServingCertificate serving,
    ManagedStatus status,
    AdmissionMetrics metrics,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (tls.Value.EffectiveMode != CertificateMode.Managed)
        {
            return;
        }

        var target = ManifestOptions.FromConfiguration(configuration, environment.ApplicationName);
        using var own = new OwnCluster(services);
        var client = own.Connect();
        var options = tls.Value.ManagedCertificates;
        var secret = options.SecretNameOf(target.App);
        var replica = CreateReplica(new CertificateCluster(client, target, secret, options.Timeout, time), target, options);
        using var watch = new ChangeWatch(options.Interval, time);
        metrics.ObserveCa(() => (replica.CaNotAfter - time.GetUtcNow())?.TotalSeconds);
        await Task.WhenAll([LookAsync(replica, watch, stoppingToken), .. Watch(watch, client, target, secret, stoppingToken)])
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private ManagedReplica CreateReplica(ICertificateCluster cluster, ManifestOptions target, ManagedCertificateOptions options) => new(
        cluster,
        new RotationPlan(options, target.App, ServingNames.Of(target)),
        options,
        serving,
        new CaBundleInjector(cluster, metrics, time, loggers.CreateLogger<CaBundleInjector>()),
        status,
        metrics,
        time,
        loggers.CreateLogger<ManagedReplica>());

    private async Task LookAsync(ManagedReplica replica, ChangeWatch watch, CancellationToken stoppingToken)
    {
        var reported = new ReportedProblems();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await replica.RunAsync(stoppingToken);
                reported.Report([], _ => { });
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A look that failed may not stop the application, and the next may work.
                reported.Report([exception.Message], _ => loggers.CreateLogger<CertificateManager>().ManagedCertificatesFailed(exception));
            }

            await watch.WaitAsync(stoppingToken);
        }
    }

    private static IEnumerable<Task> Watch(ChangeWatch watch, IKubernetes client, ManifestOptions target, string secret, CancellationToken stoppingToken)
    {
        var (only, own, api) = ($"metadata.name={secret}", $"metadata.name={target.ConfigurationName}", client.AdmissionregistrationV1);
        yield return watch.RunAsync(
            (seconds, token) => client.CoreV1.WatchListNamespacedSecretAsync(target.Namespace, fieldSelector: only, timeoutSeconds: seconds, cancellationToken: token), stoppingToken);
        yield return watch.RunAsync(
            (seconds, token) => api.WatchListMutatingWebhookConfigurationAsync(fieldSelector: own, timeoutSeconds: seconds, cancellationToken: token), stoppingToken);
        yield return watch.RunAsync(
            (seconds, token) => api.WatchListValidatingWebhookConfigurationAsync(fieldSelector: own, timeoutSeconds: seconds, cancellationToken: token), stoppingToken);
    }
}

using System.Net;
using AdmissionSdk.Manifests;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using k8s;
using k8s.Autorest;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Drift;

/// <summary>Compares code and cluster at intervals, and reports drift: once in the log, and in metrics and the health detail as long as the drift lasts.</summary>
internal sealed class DriftWatch(
    DriftReport report,
    WebhookRegistry registry,
    IServiceProvider services,
    IConfiguration configuration,
    IHostEnvironment environment,
    IOptions<DriftOptions> options,
    AdmissionMetrics metrics,
    TimeProvider time,
    ILogger<DriftWatch> logger) : BackgroundService
{
    private string? _reported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IKubernetes)) != true && !KubernetesClientConfiguration.IsInCluster())
        {
            report.ShowOff();
            logger.DriftNotWatched();
            return;
        }

        metrics.ObserveDrift(() => report.Failure is null ? report.Drifts.Count : null);
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        Kubernetes? own = null;
        try
        {
            do
            {
                try
                {
                    var client = services.GetService<IKubernetes>() ?? (own ??= new Kubernetes(KubernetesClientConfiguration.InClusterConfig()));
                    await CompareAsync(client, stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // A failed comparison may not stop the application, and the next comparison may work.
                    ReportUnknown(exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
        finally
        {
            own?.Dispose();
        }
    }

    private async Task CompareAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var target = ManifestOptions.FromConfiguration(configuration, environment.ApplicationName);
        var drifts = await OwnConfigurations.CompareAsync(client, registry, target, linked.Token);
        if (IsNews(string.Join('\n', drifts)))
        {
            LogDrifts(drifts);
        }

        report.Show(drifts, time.GetUtcNow());
    }

    private void LogDrifts(IReadOnlyList<FieldDrift> drifts)
    {
        if (drifts.Count == 0)
        {
            logger.NoDrift();
        }

        foreach (var group in drifts.GroupBy(drift => drift.Configuration, StringComparer.Ordinal))
        {
            logger.DriftFound(group.Key, group.Count(), group.First().ToString());
        }
    }

    private void ReportUnknown(Exception exception)
    {
        var reason = exception switch
        {
            HttpOperationException { Response.StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
                "the service account may not read webhook configurations; apply the role that `manifests` writes",
            HttpOperationException http => $"the API server answered {(int)http.Response.StatusCode}",
            HttpRequestException => "the API server cannot be reached",
            OperationCanceledException => "the API server did not answer in time",
            _ => exception.Message,
        };
        if (IsNews("unknown: " + reason))
        {
            logger.DriftUnknown(exception, reason);
        }

        report.ShowUnknown(reason);
    }

    private bool IsNews(string text)
    {
        var isNews = _reported != text;
        _reported = text;
        return isNews;
    }
}

using System.Net;
using AdmissionSdk.Configuration;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Manifests;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using k8s;
using k8s.Autorest;
using Microsoft.Extensions.Configuration;
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
    RegistrationRepair repair,
    ILogger<DriftWatch> logger) : BackgroundService
{
    private string? _reported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!OwnCluster.IsKnown(services))
        {
            report.ShowOff();
            logger.DriftNotWatched();
            return;
        }

        metrics.ObserveDrift(() => report.Failure is null ? report.Drifts.Count : null);
        using var own = new OwnCluster(services);
        using var watch = new ChangeWatch(options.Value.Interval, time);
        await Task.WhenAll([CompareForeverAsync(own, watch, stoppingToken), .. Watch(watch, own, stoppingToken)])
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task CompareForeverAsync(OwnCluster own, ChangeWatch watch, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CompareAsync(own.Connect(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // A failed comparison may not stop the application, and the next comparison may work.
                ReportUnknown(exception);
            }

            await watch.WaitAsync(stoppingToken);
        }
    }

    // Drift that is only reported can wait for the interval.
    private IEnumerable<Task> Watch(ChangeWatch watch, OwnCluster own, CancellationToken stoppingToken)
    {
        if (!options.Value.RepairDrift)
        {
            yield break;
        }

        yield return watch.RunAsync(
            (seconds, token) => own.Connect().AdmissionregistrationV1.WatchListMutatingWebhookConfigurationAsync(fieldSelector: Only(), timeoutSeconds: seconds, cancellationToken: token),
            stoppingToken);
        yield return watch.RunAsync(
            (seconds, token) => own.Connect().AdmissionregistrationV1.WatchListValidatingWebhookConfigurationAsync(fieldSelector: Only(), timeoutSeconds: seconds, cancellationToken: token),
            stoppingToken);
    }

    private string Only() => $"metadata.name={Target().ConfigurationName}";

    private async Task CompareAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var target = Target();
        var configurations = await OwnConfigurations.ReadAsync(client, registry, target, linked.Token);
        if (options.Value.RepairDrift && await repair.RunAsync(client, target.App, configurations, linked.Token))
        {
            configurations = await OwnConfigurations.ReadAsync(client, registry, target, linked.Token);
        }

        IReadOnlyList<FieldDrift> drifts = [.. configurations.SelectMany(item => item.Drifts)];
        if (IsNews(string.Join('\n', drifts)))
        {
            LogDrifts(drifts);
        }

        report.Show(drifts, time.GetUtcNow());
    }

    private ManifestOptions Target() => ManifestOptions.FromConfiguration(configuration, environment.ApplicationName)
        .With(target => target.MarksRegistration = options.Value.RepairDrift);

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

using System.Diagnostics.Metrics;
using System.Net;
using AdmissionSdk.Drift;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Drift;

/// <summary>Drift is seen in the log, in a metric and in the text of the probe, and never makes the application unready.</summary>
/// <remarks>Covers <see cref="DriftHealthCheck"/>, <see cref="DriftReport"/>, <see cref="DriftServices"/>, <see cref="DriftWatch"/>, <see cref="OwnConfigurations"/>.</remarks>
public sealed class DriftCheckTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private readonly FakeTimeProvider _time = new();
    private FakeConfigurationApi _api = null!;
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeConfigurationApi.StartAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "ImageRegistry" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSingleton<IKubernetes>(_ => _api.Client());
        builder.Services.AddAdmissionWebhooks()
            .AddDriftCheck()
            .AddDriftCheck(options => options.Interval = Interval)
            .AddMutatingWebhook("images.test.example.com", webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow()));
        _app = builder.Build();
        _app.MapAdmissionHealthChecks();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Cluster_SaysWhatTheCodeSays_IsHealthyAndZero()
    {
        _api.Put(Code());
        var drift = Gauge();

        await StartAsync();

        Assert.Empty(Report.Drifts);
        Assert.Equal(_time.GetUtcNow(), Report.ComparedAt);
        Assert.Equal((HttpStatusCode.OK, "admission-drift: Healthy"), await ReadyzAsync());
        Assert.Equal(0, Measure(drift));
        Assert.Single(Logs, record => record.Id.Name == "NoDrift");
    }

    [Fact]
    public async Task Cluster_EditedByHand_IsAMetricOneLogLineAndADegradedDetailAndReady()
    {
        _api.Put(Code());
        var drift = Gauge();
        await StartAsync();

        var edited = Code();
        edited.Webhooks[0].TimeoutSeconds = 9;
        edited.Webhooks[0].FailurePolicy = "Ignore";
        _api.Put(edited);
        await NextAsync(() => Report.Drifts.Count == 2);

        Assert.Equal(
            (HttpStatusCode.OK,
            "admission-drift: Degraded (MutatingWebhookConfiguration/image-registry.image-registry differs from the code: "
            + "webhooks[images.test.example.com].failurePolicy: \"Fail\" in the code, \"Ignore\" in the cluster, and 1 more)"),
            await ReadyzAsync());
        Assert.Equal(2, Measure(drift));

        // The same drift again is not news.
        var compared = Report.ComparedAt;
        await NextAsync(() => Report.ComparedAt > compared);
        Assert.Equal(LogLevel.Warning, Assert.Single(Logs, record => record.Id.Name == "DriftFound").Level);

        _api.Put(Code());
        await NextAsync(() => Report.Drifts.Count == 0);
        Assert.Equal((HttpStatusCode.OK, "admission-drift: Healthy"), await ReadyzAsync());
    }

    [Fact]
    public async Task Cluster_WithoutTheConfiguration_IsDrift()
    {
        await StartAsync();

        Assert.Equal("", Assert.Single(Report.Drifts).Path);
    }

    [Fact]
    public async Task Cluster_WithAConfigurationThatLeftTheCode_IsDriftIfItIsOurs()
    {
        _api.Put(Code());
        var left = new V1ValidatingWebhookConfiguration
        {
            ApiVersion = "admissionregistration.k8s.io/v1",
            Kind = V1ValidatingWebhookConfiguration.KubeKind,
            Metadata = new V1ObjectMeta { Name = Code().Metadata.Name, Labels = Code().Metadata.Labels },
        };
        _api.Put(left);
        await StartAsync();

        Assert.Equal("ValidatingWebhookConfiguration/image-registry.image-registry", Assert.Single(Report.Drifts).Configuration);

        left.Metadata.Labels = null;
        _api.Put(left);
        await NextAsync(() => Report.Drifts.Count == 0);
    }

    [Theory]
    [InlineData(403, "drift unknown: the service account may not read webhook configurations; apply the role that `manifests` writes")]
    [InlineData(500, "drift unknown: the API server answered 500")]
    public async Task ApiServer_DoesNotSay_IsUnknownAndReadyAndAskedAgain(int status, string text)
    {
        _api.Put(Code());
        _api.Broken = status;
        var drift = Gauge();
        await StartAsync();

        Assert.Equal((HttpStatusCode.OK, $"admission-drift: Degraded ({text})"), await ReadyzAsync());
        drift.RecordObservableInstruments();
        Assert.Empty(drift.GetMeasurementSnapshot());
        Assert.Equal(LogLevel.Warning, Assert.Single(Logs, record => record.Id.Name == "DriftUnknown").Level);

        _api.Broken = 0;
        await NextAsync(() => Report.Failure is null);
        Assert.Equal(0, Measure(drift));
    }

    [Fact]
    public async Task Cluster_None_IsHealthyAndNotWatched()
    {
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddDriftCheck()
            .AddMutatingWebhook("images.test.example.com", webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow())));
        var report = host.Services.GetRequiredService<DriftReport>();
        await UntilAsync(() => report.IsOff);

        var check = await new DriftHealthCheck(report).CheckHealthAsync(new HealthCheckContext());

        Assert.Equal(HealthStatus.Healthy, check.Status);
        Assert.Null(report.ComparedAt);
    }

    private DriftReport Report => _app.Services.GetRequiredService<DriftReport>();

    private IReadOnlyList<FakeLogRecord> Logs => _app.Services.GetFakeLogCollector().GetSnapshot();

    private V1MutatingWebhookConfiguration Code() => (V1MutatingWebhookConfiguration)WebhookConfigurations
        .Create(_app.Services.GetRequiredService<WebhookRegistry>(), new ManifestOptions { App = "image-registry" }).Single();

    private MetricCollector<int> Gauge() => new(_app.Services.GetRequiredService<IMeterFactory>(), "AdmissionSdk", "admission.configuration.drift");

    private static int Measure(MetricCollector<int> gauge)
    {
        gauge.RecordObservableInstruments();
        return gauge.LastMeasurement!.Value;
    }

    private async Task StartAsync()
    {
        await _app.StartAsync();
        await UntilAsync(() => Report.Failure != "not compared yet");
    }

    private async Task NextAsync(Func<bool> seen)
    {
        _time.Advance(Interval);
        await UntilAsync(seen);
    }

    // The response comes over a real connection; only the wait between comparisons is virtual.
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<(HttpStatusCode Status, string Line)> ReadyzAsync()
    {
        using var client = _app.GetTestClient();
        using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        return (answer.StatusCode, lines.Single(line => line.StartsWith("admission-drift", StringComparison.Ordinal)));
    }
}

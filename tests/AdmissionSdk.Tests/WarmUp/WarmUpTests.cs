using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using AdmissionSdk.Health;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using AdmissionSdk.WarmUp;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.WarmUp;

/// <summary>The reviews that nobody sent: before readiness, of every type, without code of the application's, and without a trace in metrics and logs.</summary>
/// <remarks>Covers <see cref="WarmUpService"/>, <see cref="WarmUpEndpoint"/>, <see cref="WarmUpHandler{T}"/>, <see cref="ReadinessCheck"/>.</remarks>
public sealed class WarmUpTests
{
    private int _calls;

    [Fact]
    public async Task Start_EveryTypeOnce_IsReviewed()
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks
            .AddMutatingWebhook("a.example.com.test", webhook => webhook.Handle<V1Pod>(Mutate).Handle<V1Pod>(Mutate).Handle<JsonObject>(Mutate, Any))
            .AddMutatingWebhook("b.example.com.test", webhook => webhook.Handle<V1Pod>(Mutate).Handle<PartialObjectMetadata>(Mutate, Any))
            .AddValidatingWebhook("c.example.com.test", webhook => webhook.Handle<V1Pod>(Validate)));

        // Pods are mutated and validated, JSON and metadata are mutated.
        Assert.StartsWith("Reviewed a made-up object of each of 4 types", host.Line("WarmedUp").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs, record => record.Id.Name is "NotWarmedUp" or "WarmedUpInPart");
    }

    [Fact]
    public async Task Start_CommonKinds_AreReviewedWithAllOfTheirMembers()
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddMutatingWebhook("a.warm.example.com", webhook => webhook
            .Handle<V1Pod>(Mutate).Handle<V1Deployment>(Mutate).Handle<V1StatefulSet>(Mutate).Handle<V1DaemonSet>(Mutate).Handle<V1Job>(Mutate).Handle<V1CronJob>(Mutate)
            .Handle<V1Service>(Mutate).Handle<V1Ingress>(Mutate).Handle<V1ConfigMap>(Mutate).Handle<V1Secret>(Mutate).Handle<V1Namespace>(Mutate)));

        Assert.Empty(host.Logs.Where(record => record.Id.Name is "NotWarmedUp" or "WarmedUpInPart").Select(record => record.Message));
        Assert.StartsWith("Reviewed a made-up object of each of 11 types", host.Line("WarmedUp").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HandlersAndFilters_AreNotCalled()
    {
        await using var host = await ObservedHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook("a.example.com.test", webhook => webhook.Filter<CountingFilter>().Handle<V1Pod>(Mutate)),
            services: services => services.AddSingleton(new CountingFilter(() => _calls++)));

        Assert.NotNull(host.Line("WarmedUp"));
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task Start_MetricsAndLogs_CountNothing()
    {
        // Listens to every meter of the SDK's name from before the start on.
        ConcurrentBag<string?> webhooks = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == MetricNames.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => webhooks.Add(tags.ToArray().FirstOrDefault(tag => tag.Key == TagNames.Webhook).Value as string));
        listener.Start();

        await using var host = await ObservedHost.StartAsync(registry => registry.AddMutatingWebhook("a.warm.example.com", webhook => webhook.Path("/hook").Handle<V1Pod>(Mutate)));
        Assert.NotNull(host.Line("WarmedUp"));
        Assert.DoesNotContain(host.Logs, record => record.Id.Name is "Decided" or "NotDecided");
        Assert.DoesNotContain(webhooks, name => name?.StartsWith("warm-up", StringComparison.Ordinal) == true);

        var before = webhooks.Count(name => name == "a.warm.example.com");
        await host.PostAsync();
        Assert.True(webhooks.Count(name => name == "a.warm.example.com") > before, "The listener heard nothing of a review that was sent.");
        Assert.NotNull(host.Line("Decided"));
    }

    [Fact]
    public async Task Start_ModelThatCannotBeRead_StartsAllTheSame()
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks
            .AddMutatingWebhook("a.example.com.test", webhook => webhook.Handle<Unreadable>(Mutate, Any).Handle<V1Pod>(Mutate)));

        Assert.Contains("Could not review a made-up Unreadable", host.Line("NotWarmedUp").Message, StringComparison.Ordinal);
        Assert.StartsWith("Reviewed a made-up object of each of 1 types", host.Line("WarmedUp").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ModelThatBlocks_IsNotReadyAndThenStartsAllTheSame()
    {
        var time = new FakeTimeProvider();
        using var reached = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        Blocking.Reading = () =>
        {
            reached.Release();
            release.Wait();
        };
        await using var app = Build(time);

        var start = app.StartAsync();
        await reached.WaitAsync();
        using var client = app.GetTestClient();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy\nadmission: Unhealthy (not started yet)\nadmission-load: Healthy\n"), await GetAsync(client, "/readyz"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "/livez")).Status);
        Assert.False(start.IsCompleted);

        // The timer of the limit may not be there yet.
        while (!start.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(60));
            await Task.Yield();
        }

        await start;
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, "/readyz")).Status);
        Assert.Single(app.Services.GetFakeLogCollector().GetSnapshot(), record => record.Id.Name == "WarmUpTooSlow" && record.Level == LogLevel.Warning);
        release.Set();
    }

    [Fact]
    public async Task Start_CallersMustShowACertificate_IsWarmedUp()
    {
        var authority = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(authority, TestClient.Create(TimeProvider.System.GetUtcNow()).AuthorityPem);
        await using var host = await TlsHost.StartAsync(
            tls => tls.ClientCaPath = authority,
            configure: builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Debug);
                builder.Services.AddAdmissionWebhooks().AddMutatingWebhook("a.example.com.test", webhook => webhook.Handle<V1Pod>(Mutate));
            });

        File.Delete(authority);
        Assert.Single(host.Logs, record => record.Id.Name == "WarmedUp" && record.Message.Contains("each of 1 types", StringComparison.Ordinal));
    }

    private AdmissionResult Mutate<T>(MutationContext<T> context)
        where T : class
    {
        _calls++;
        return AdmissionResult.Allow();
    }

    private AdmissionResult Validate<T>(ValidationContext<T> context)
        where T : class
    {
        _calls++;
        return AdmissionResult.Allow();
    }

    private static void Any(AdmissionSdk.Registration.HandlerRuleBuilder rule) => rule.Resource("*", "*", "*");

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private WebApplication Build(TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddSingleton(time);
        builder.Services.AddAdmissionWebhooks().AddMutatingWebhook("a.example.com.test", webhook => webhook.Handle<Blocking>(Mutate, Any));
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        return app;
    }

    private sealed class CountingFilter(Action count) : IAdmissionFilter
    {
        public ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate next, CancellationToken cancellationToken)
        {
            count();
            return next(cancellationToken);
        }
    }

    private sealed class Unreadable : IKubernetesObject<V1ObjectMeta>
    {
        public string? ApiVersion { get; set; }

        public string? Kind { get => null; set => throw new NotSupportedException("Nobody can read me."); }

        public V1ObjectMeta Metadata { get; set; } = new();
    }

    private sealed class Blocking : IKubernetesObject<V1ObjectMeta>
    {
        public static Action? Reading { get; set; }

        public string? ApiVersion { get; set; }

        public string? Kind
        {
            get => null;
            set => Reading?.Invoke();
        }

        public V1ObjectMeta Metadata { get; set; } = new();
    }
}

using System.Diagnostics.Metrics;
using System.Net;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Observability;

/// <summary>Every instrument, and every value of every tag, as dashboards and alerts use them.</summary>
/// <remarks>Covers <see cref="AdmissionMetrics"/>, <see cref="FailureKind"/>, <see cref="MetricTags"/>, <see cref="Outcomes"/>, <see cref="ReviewObservation"/>, <see cref="WebhookRuntimes"/>.</remarks>
public sealed class ReviewMetricsTests
{
    [Theory]
    [InlineData("allowed")]
    [InlineData("patched")]
    [InlineData("denied")]
    [InlineData("failed")]
    [InlineData("timed_out")]
    public async Task Reviews_EachOutcome_IsCounted(string outcome)
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddMutatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>((context, cancellationToken) => DecideAsync(outcome, context, cancellationToken))));
        using var reviews = host.Collect<long>("admission.reviews");
        using var duration = host.Collect<double>("admission.review.duration");

        await host.Host.PostAsync(TestReviews.CreatePod());

        var review = Assert.Single(reviews.GetMeasurementSnapshot());
        Assert.Equal((1, "{review}"), (review.Value, reviews.Instrument!.Unit));
        AssertTags(review.Tags, ("admission.webhook", WebhookHost.Name), ("admission.operation", "create"), ("admission.outcome", outcome));
        var measured = Assert.Single(duration.GetMeasurementSnapshot());
        Assert.InRange(measured.Value, 0.001, 10.001);
        Assert.Equal("s", duration.Instrument!.Unit);
        AssertTags(measured.Tags, ("admission.webhook", WebhookHost.Name), ("admission.operation", "create"), ("admission.outcome", outcome));
    }

    [Theory]
    [InlineData("CREATE", "create")]
    [InlineData("UPDATE", "update")]
    [InlineData("DELETE", "delete")]
    [InlineData("CONNECT", "connect")]
    [InlineData("create", "other")]
    [InlineData("EXPLODE", "other")]
    [InlineData("", "other")]
    public async Task Reviews_EachOperation_IsOneOfFiveValues(string operation, string tag)
    {
        // An anonymous caller chooses the text, which must not become a time series.
        await using var host = await ValidateAsync(_ => AdmissionResult.Allow());
        using var reviews = host.Collect<long>("admission.reviews");

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["operation"] = operation));

        Assert.Equal(tag, Assert.Single(reviews.GetMeasurementSnapshot()).Tags["admission.operation"]);
    }

    [Fact]
    public async Task Duration_Buckets_ReachFromHalfAMillisecondToTheLongestTimeout()
    {
        await using var host = await ValidateAsync(_ => AdmissionResult.Allow());
        using var duration = host.Collect<double>("admission.review.duration");
        await host.PostAsync();

        var advice = ((System.Diagnostics.Metrics.Histogram<double>)duration.Instrument!).Advice!.HistogramBucketBoundaries!;

        Assert.Equal((0.0005, 30), (advice[0], advice[^1]));
    }

    [Fact]
    public async Task Active_WhileAHandlerRuns_IsOneAndThenZero()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(async (_, _) =>
            {
                entered.SetResult();
                await release.Task;
                return AdmissionResult.Allow();
            })));
        using var active = host.Collect<long>("admission.review.active");

        var answer = host.PostAsync();
        await entered.Task;
        Assert.Equal(1, active.GetMeasurementSnapshot().EvaluateAsCounter());
        release.SetResult();
        await answer;

        Assert.Equal(0, active.GetMeasurementSnapshot().EvaluateAsCounter());
        AssertTags(active.LastMeasurement!.Tags, ("admission.webhook", WebhookHost.Name));
    }

    [Fact]
    public async Task DeadlineRemaining_QuickAnswer_IsNearlyTheWholeBudget()
    {
        await using var host = await ValidateAsync(_ => AdmissionResult.Allow());
        using var remaining = host.Collect<double>("admission.review.deadline.remaining");

        await host.PostAsync();

        Assert.InRange(Assert.Single(remaining.GetMeasurementSnapshot()).Value, 1, 9.85);
        AssertTags(remaining.LastMeasurement!.Tags, ("admission.webhook", WebhookHost.Name));
    }

    [Fact]
    public async Task PatchOperations_TwoEdits_AreTwo()
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook")
            .Handle<V1Pod>(context =>
            {
                context.Object.Spec.Containers[0].Image = "registry.example.com/changed";
                context.Object.Spec.Hostname = "changed";
                return AdmissionResult.Allow();
            })));
        using var operations = host.Collect<long>("admission.patch.operations");

        await host.PostAsync();

        Assert.Equal(2, Assert.Single(operations.GetMeasurementSnapshot()).Value);
        AssertTags(operations.LastMeasurement!.Tags, ("admission.webhook", WebhookHost.Name));
    }

    [Fact]
    public async Task HandlerFailures_Exception_IsCountedByType()
    {
        await using var host = await ValidateAsync(_ => throw new TimeZoneNotFoundException("secret"));
        using var failures = host.Collect<long>("admission.handler.failures");

        await host.PostAsync();

        AssertTags(
            Assert.Single(failures.GetMeasurementSnapshot()).Tags,
            ("admission.webhook", WebhookHost.Name), ("error.type", "System.TimeZoneNotFoundException"));
    }

    [Fact]
    public async Task HandlerFailures_HandlerSaysFail_HasNoType()
    {
        await using var host = await ValidateAsync(_ => AdmissionResult.Fail("no idea"));
        using var failures = host.Collect<long>("admission.handler.failures");

        await host.PostAsync();

        Assert.Equal("none", Assert.Single(failures.GetMeasurementSnapshot()).Tags["error.type"]);
    }

    [Theory]
    [InlineData("handler")]
    [InlineData("undecodable")]
    [InlineData("unmatched")]
    [InlineData("timed_out")]
    [InlineData("patch")]
    public async Task Failures_EachKind_IsCountedWhateverIsAnswered(string failure)
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook")
            .OnError(ErrorPolicy.AllowWithWarning).OnUndecodable(UndecodablePolicy.Deny)
            .Handle<V1Pod>(async (context, cancellationToken) => failure switch
            {
                "handler" => AdmissionResult.Fail("no idea"),
                "timed_out" => await DecideAsync("timed_out", context, cancellationToken),
                _ => Edit(context),
            }, rule => rule.On(failure == "unmatched" ? Operations.Connect : Operations.Any))));
        using var failures = host.Collect<long>("admission.review.failures");

        await host.Host.PostAsync(
            failure switch
            {
                "undecodable" => TestReviews.CreatePod(review => review.Request()["object"]!["spec"] = 7),
                "patch" => TestReviews.Recorded("delete-pods.json"),
                _ => TestReviews.CreatePod(),
            });

        AssertTags(
            Assert.Single(failures.GetMeasurementSnapshot()).Tags, ("admission.webhook", WebhookHost.Name), ("admission.failure", failure));

        static AdmissionResult Edit(MutationContext<V1Pod> context)
        {
            context.Object.Spec.Hostname = "changed";
            return AdmissionResult.Allow();
        }
    }

    [Theory]
    [InlineData("method")]
    [InlineData("media_type")]
    [InlineData("too_large")]
    [InlineData("bytes_in_flight")]
    [InlineData("malformed")]
    public async Task Rejections_EachReason_IsCounted(string reason)
    {
        await using var host = await ObservedHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (20_000, 20_000));
        if (reason == "bytes_in_flight")
        {
            Assert.True(host.Host.Services.GetRequiredService<BodyBudget>().TryTake(10_000));
        }

        using var rejections = host.Collect<long>("admission.request.rejections");
        using var request = new HttpRequestMessage(reason == "method" ? HttpMethod.Put : HttpMethod.Post, "/hook")
        {
            Content = reason switch
            {
                "media_type" => new StringContent("text"),
                "malformed" => WebhookHost.Json("{"u8.ToArray()),
                "too_large" => WebhookHost.Json(new byte[20_001]),
                _ => WebhookHost.Json(new byte[19_000]),
            },
        };

        var answer = await host.Host.SendAsync(request);

        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        AssertTags(
            Assert.Single(rejections.GetMeasurementSnapshot()).Tags, ("admission.webhook", WebhookHost.Name), ("admission.reason", reason));
    }

    [Fact]
    public async Task Rejections_AllSlotsTaken_IsCountedAndIsAFailure()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").MaxConcurrentReviews(1).Handle<V1Pod>(async (_, _) =>
            {
                entered.SetResult();
                await release.Task;
                return AdmissionResult.Allow();
            })));
        using var rejections = host.Collect<long>("admission.request.rejections");
        using var failures = host.Collect<long>("admission.review.failures");

        var first = host.PostAsync();
        await entered.Task;
        (await host.PostAsync()).AssertLine(
            HttpStatusCode.InternalServerError, $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): all 1 slots are taken");
        release.SetResult();
        (await first).AssertReview();

        Assert.Equal("concurrent_reviews", Assert.Single(rejections.GetMeasurementSnapshot()).Tags["admission.reason"]);
        Assert.Equal("busy", Assert.Single(failures.GetMeasurementSnapshot()).Tags["admission.failure"]);
    }

    [Theory]
    [InlineData(EnforcementMode.Warn, "warn", false, "denied")]
    [InlineData(EnforcementMode.Audit, "audit", false, "denied")]
    [InlineData(EnforcementMode.Warn, "warn", true, "failed")]
    [InlineData(EnforcementMode.Audit, "audit", true, "failed")]
    public async Task WouldDeny_EachMode_IsCounted(EnforcementMode mode, string modeTag, bool fails, string outcome)
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Mode(mode)
            .Handle<V1Pod>(_ => fails ? AdmissionResult.Fail("no idea") : AdmissionResult.Deny("no"))));
        using var wouldDeny = host.Collect<long>("admission.review.would_deny");

        (await host.PostAsync()).AssertReview();

        AssertTags(
            Assert.Single(wouldDeny.GetMeasurementSnapshot()).Tags,
            ("admission.webhook", WebhookHost.Name), ("admission.mode", modeTag), ("admission.outcome", outcome));
    }

    [Fact]
    public async Task Start_CountersOfWhatGoesWrong_BeginAtZero()
    {
        // A rate or an increase ignores the first value of a series, and so would miss the first failure.
        var listener = new EarlyListener();
        await using var host = await ObservedHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            services: services => services.AddHostedService(provider => listener.With(provider.GetRequiredService<IMeterFactory>())));

        Assert.All([.. listener.Failures!.GetMeasurementSnapshot(), .. listener.Rejections!.GetMeasurementSnapshot()], measurement =>
            Assert.Equal((0, WebhookHost.Name), (measurement.Value, measurement.Tags["admission.webhook"])));
        Assert.Equal(
            ["busy", "canceled", "handler", "memory", "patch", "self_check", "timed_out", "undecodable", "unmatched"],
            listener.Failures.GetMeasurementSnapshot().Select(measurement => measurement.Tags["admission.failure"]).Order());
        Assert.Equal(
            ["bytes_in_flight", "caller", "concurrent_requests", "concurrent_reviews", "draining", "interrupted", "malformed", "media_type", "method", "slow_body", "too_large"],
            listener.Rejections.GetMeasurementSnapshot().Select(measurement => measurement.Tags["admission.reason"]).Order());
    }

    internal static void AssertTags(IReadOnlyDictionary<string, object?> tags, params (string Name, string Value)[] expected) =>
        Assert.Equal(
            expected.Order(), tags.Select(tag => (tag.Key, (string)tag.Value!)).Order());

    private static Task<ObservedHost> ValidateAsync(Func<ValidationContext<V1Pod>, AdmissionResult> handler) =>
        ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle(handler, All)));

    private static void All(HandlerRuleBuilder rule) => rule.On(Operations.Any).Resource("*", "*", "*", "*");

    private static async ValueTask<AdmissionResult> DecideAsync(string outcome, MutationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        var time = (FakeTimeProvider)context.Services.GetRequiredService<TimeProvider>();
        time.Advance(TimeSpan.FromMilliseconds(1));
        switch (outcome)
        {
            case "patched":
                context.Object.Spec.Hostname = "changed";
                return AdmissionResult.Allow();
            case "denied":
                return AdmissionResult.Deny("no");
            case "failed":
                return AdmissionResult.Fail("no idea");
            case "timed_out":
                // Moves the clock on another thread, because timers run on the thread that moves the clock.
                _ = Task.Run(() => time.Advance(TimeSpan.FromSeconds(10)), CancellationToken.None);
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                goto default;
            default:
                return AdmissionResult.Allow();
        }
    }

    /// <summary>Listens from the application's start on, as exporters do.</summary>
    private sealed class EarlyListener : IHostedService
    {
        private IMeterFactory? _meters;

        public MetricCollector<long>? Failures { get; private set; }

        public MetricCollector<long>? Rejections { get; private set; }

        public EarlyListener With(IMeterFactory meters)
        {
            _meters = meters;
            return this;
        }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Failures = new(_meters, "AdmissionSdk", "admission.review.failures");
            Rejections = new(_meters, "AdmissionSdk", "admission.request.rejections");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Failures?.Dispose();
            Rejections?.Dispose();
            return Task.CompletedTask;
        }
    }
}

using System.Diagnostics;
using AdmissionSdk.Hosting;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Observability;

/// <summary>One activity for each review, in the trace that the API server began (contract 6.2).</summary>
/// <remarks>Covers <see cref="AdmissionActivity"/>, <see cref="ReviewObservation"/>, <see cref="ObservedDispatcher"/>, <see cref="TagNames"/>.</remarks>
public sealed class ReviewActivityTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private readonly List<Activity> _activities = [];
    private readonly ActivityListener _listener;

    public ReviewActivityTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AdmissionSdk",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Other tests run beside this one.
                if (activity.TraceId.ToHexString() == TraceId)
                {
                    lock (_activities)
                    {
                        _activities.Add(activity);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Activity_TraceParentSent_JoinsTheTraceAndSaysWhat()
    {
        var activity = await PostAsync(_ => AdmissionResult.Deny("no"));

        Assert.Equal("admission.review", activity.OperationName);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Equal(
            new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["admission.webhook"] = WebhookHost.Name,
                ["admission.operation"] = "create",
                ["admission.outcome"] = "denied",
                ["admission.uid"] = TestReviews.PodUid,
                ["admission.resource"] = "v1/pods",
                ["k8s.namespace.name"] = "default",
                ["admission.name"] = "web",
                ["admission.dry_run"] = false,
            },
            new SortedDictionary<string, object?>(activity.TagObjects.ToDictionary(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Activity_Failure_IsAnError()
    {
        var activity = await PostAsync(_ => AdmissionResult.Fail("the registry is down"));

        Assert.Equal((ActivityStatusCode.Error, "the registry is down"), (activity.Status, activity.StatusDescription));
        Assert.Equal(("failed", "handler"), (activity.GetTagItem("admission.outcome"), activity.GetTagItem("admission.failure")));
    }

    [Fact]
    public async Task Activity_TextOfTheCallers_IsCutAndHasNoControlCharacters()
    {
        var activity = await PostAsync(_ => AdmissionResult.Allow(), TestReviews.CreatePod(review =>
        {
            review.Request()["uid"] = "a\nb";
            review.Request()["operation"] = new string('X', 100_000) + "\n";
            review.Request()["resource"]!["resource"] = new string('y', 100_000);
        }), rule => rule.On(Operations.Create));

        Assert.Equal("a\\nb", activity.GetTagItem("admission.uid"));
        Assert.All(activity.TagObjects, tag => Assert.InRange($"{tag.Value}".Length, 0, 253));
        Assert.InRange(activity.StatusDescription!.Length, 100, 253);
    }

    [Fact]
    public async Task Activity_InTheHandler_IsCurrent()
    {
        string? current = null;

        await PostAsync(_ =>
        {
            current = Activity.Current?.OperationName;
            return AdmissionResult.Allow();
        });

        Assert.Equal("admission.review", current);
    }

    private async Task<Activity> PostAsync(
        Func<ValidationContext<V1Pod>, AdmissionResult> handler, byte[]? body = null, Action<HandlerRuleBuilder>? rule = null)
    {
        await using var host = await WebhookHost.ValidateAsync(handler, rule);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hook?timeout=5s") { Content = WebhookHost.Json(body ?? TestReviews.CreatePod()) };
        request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
        await host.SendAsync(request);
        return Assert.Single(_activities);
    }
}

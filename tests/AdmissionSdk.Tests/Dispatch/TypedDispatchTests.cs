using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Contexts;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>Operations and subresources reach the handlers that ask for them, with the right types (contract section 5).</summary>
/// <remarks>Covers <see cref="WebhookDispatcher"/>, <see cref="HandlerChain"/>, <see cref="ValidatorInvoker{T}"/>, <see cref="AdmissionCall"/>, <see cref="AdmissionContext"/>, <see cref="ObjectDecoder"/>, <see cref="AuditAnnotationKey"/>, <see cref="PodExecOptions"/>.</remarks>
public sealed class TypedDispatchTests
{
    [Fact]
    public async Task Connect_OnPodsExec_GivesPodExecOptions()
    {
        List<string> seen = [];
        await using var host = await StartAsync(webhook => webhook.Handle<PodExecOptions>(context =>
        {
            seen.Add($"{context.Operation} {context.Name} {context.Subresource} {string.Join(' ', context.Object.Command!)} {context.Object.Container}");
            Assert.Null(context.OldObject);
            Assert.Equal(JsonValueKind.Undefined, context.OptionsJson.ValueKind);
            return AdmissionResult.Allow();
        }));

        (await host.PostAsync(TestReviews.Recorded("connect-pods-exec.json"))).AssertReview(Uid("connect-pods-exec.json"));

        Assert.Equal(["CONNECT web exec ls nginx"], seen);
    }

    [Fact]
    public async Task Update_OnDeploymentsScale_GivesScale()
    {
        List<(int?, int?)> seen = [];
        await using var host = await StartAsync(webhook => webhook.Handle<V1Scale>(
            context =>
            {
                seen.Add((context.OldObject!.Spec.Replicas, context.Object.Spec.Replicas));
                return AdmissionResult.Allow();
            },
            rule => rule.Resource("apps", "v1", "deployments", "scale")));

        (await host.PostAsync(TestReviews.Recorded("update-deployments-scale.json"))).AssertReview(Uid("update-deployments-scale.json"));

        Assert.Equal([(2, 3)], seen);
    }

    [Fact]
    public async Task Create_OnPodsEviction_GivesEviction()
    {
        List<string> seen = [];
        await using var host = await StartAsync(webhook => webhook.Handle<V1Eviction>(
            context =>
            {
                seen.Add($"{context.Kind} {context.Object.Metadata.Name}");
                return AdmissionResult.Allow();
            },
            rule => rule.Resource("", "v1", "pods", "eviction")));

        (await host.PostAsync(TestReviews.Recorded("create-pods-eviction.json"))).AssertReview(Uid("create-pods-eviction.json"));

        Assert.Equal(["policy/v1, Kind=Eviction web"], seen);
    }

    [Fact]
    public async Task Update_OnPodsEphemeralContainers_ReachesThePodHandlerThatAsksForIt()
    {
        List<string> seen = [];
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(
            context =>
            {
                seen.Add($"{context.Subresource}: {context.OldObject!.Spec.EphemeralContainers?.Count ?? 0} -> {context.Object.Spec.EphemeralContainers?.Count ?? 0}");
                return AdmissionResult.Allow();
            },
            rule => rule.Subresources("ephemeralcontainers")));

        (await host.PostAsync(TestReviews.Recorded("update-pods-ephemeralcontainers.json"))).AssertReview(Uid("update-pods-ephemeralcontainers.json"));
        (await host.PostAsync(TestReviews.Recorded("update-pods.json"))).AssertReview(Uid("update-pods.json"));

        Assert.Equal("ephemeralcontainers: 0 -> 1", seen[0]);
    }

    [Fact]
    public async Task Delete_GivesTheOldObject()
    {
        List<string> seen = [];
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(
            context =>
            {
                seen.Add($"{context.IsDelete} {context.Object.Metadata.Name} {ReferenceEquals(context.Object, context.OldObject)} {context.ObjectJson.ValueKind} {context.OldObjectJson.ValueKind}");
                Assert.Equal("meta.k8s.io/v1", context.GetOptions<V1DeleteOptions>()!.ApiVersion);
                return AdmissionResult.Allow();
            },
            rule => rule.On(Operations.Delete)));

        (await host.PostAsync(TestReviews.Recorded("delete-pods.json"))).AssertReview(Uid("delete-pods.json"));

        Assert.Equal(["True web True Undefined Object"], seen);
    }

    [Fact]
    public async Task Create_DryRun_ReachesTheHandler()
    {
        var dryRun = false;
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(context =>
        {
            dryRun = context.DryRun;
            Assert.Equal(["All"], context.GetOptions<CreateOptions>()!.DryRun!);
            return AdmissionResult.Allow();
        }));

        (await host.PostAsync(TestReviews.Recorded("create-pods-dryrun.json"))).AssertReview(Uid("create-pods-dryrun.json"));

        Assert.True(dryRun);
    }

    [Fact]
    public async Task Create_UnknownFields_ReachAJsonObjectHandler()
    {
        string? seen = null;
        await using var host = await StartAsync(webhook => webhook.Handle<JsonObject>(
            context =>
            {
                seen = context.Object["spec"]!["futureField"]!.GetValue<string>();
                return AdmissionResult.Allow();
            },
            rule => rule.Resource("*", "*", "*")));

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["spec"]!["futureField"] = "x"));

        Assert.Equal("x", seen);
    }

    [Fact]
    public async Task Create_YearZero_IsReadAsTheNearestDate()
    {
        // The API server takes such a date and drops it later, so it must not get anyone past a webhook.
        DateTime? start = null;
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(context =>
        {
            start = context.Object.Status.StartTime;
            return AdmissionResult.Allow();
        }));

        (await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["status"]!["startTime"] = "0000-01-01T00:00:00Z"))).AssertReview();

        Assert.Equal(DateTime.MinValue, start);
    }

    [Fact]
    public async Task Update_UndecodableOldObject_HurtsOnlyHandlersThatLook()
    {
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(context =>
            context.Name == "look" && context.OldObject is null ? AdmissionResult.Deny("never") : AdmissionResult.Allow()));

        byte[] Review(string name) => TestReviews.CreatePod(review =>
        {
            review.Request()["operation"] = "UPDATE";
            review.Request()["name"] = name;
            review.Request()["oldObject"] = new JsonObject { ["spec"] = "text" };
        });

        (await host.PostAsync(Review("pass"))).AssertReview();
        (await host.PostAsync(Review("look"))).AssertLine(
            HttpStatusCode.InternalServerError,
            $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): oldObject cannot be read as V1Pod: JsonException at spec");
    }

    [Fact]
    public async Task Create_HandlersOfSeveralKinds_OnlyTheirOwnRun()
    {
        List<string> seen = [];
        await using var host = await StartAsync(webhook => webhook
            .Handle<V1Pod>(_ => Note("pod"))
            .Handle<V1Deployment>(_ => Note("deployment"))
            .Handle<PartialObjectMetadata>(_ => Note("any"), rule => rule.Resource("*", "*", "*")));

        await host.PostAsync(TestReviews.Recorded("create-pods.json"));
        await host.PostAsync(TestReviews.Recorded("create-deployments.json"));
        await host.PostAsync(TestReviews.Recorded("create-namespaces.json"));

        Assert.Equal(["pod", "any", "deployment", "any", "any"], seen);

        AdmissionResult Note(string what)
        {
            seen.Add(what);
            return AdmissionResult.Allow();
        }
    }

    [Fact]
    public async Task Context_AfterTheReview_RefusesUse()
    {
        ValidationContext<V1Pod>? kept = null;
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(context =>
        {
            kept = context;
            return AdmissionResult.Allow();
        }));

        await host.PostAsync(TestReviews.CreatePod());

        Assert.Throws<ObjectDisposedException>(() => kept!.Warn("late"));
        Assert.Throws<ObjectDisposedException>(() => kept!.Annotate("late", ""));
        Assert.Throws<ObjectDisposedException>(() => kept!.ObjectJson);
        Assert.Throws<ObjectDisposedException>(() => kept!.GetOptions<CreateOptions>());
        Assert.Throws<ObjectDisposedException>(() => kept!.GetWarnings());
        Assert.Throws<ObjectDisposedException>(() => kept!.GetAuditAnnotations());
        Assert.Equal("web", kept!.Object.Metadata.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with/slash")]
    [InlineData("-start")]
    [InlineData("end.")]
    [InlineData("ümlaut")]
    [InlineData("more-than-63-characters-more-than-63-characters-more-than-63-chars")]
    public async Task Annotate_KeyTheApiServerWouldDrop_Throws(string key)
    {
        // Contract 17.1.
        Exception? thrown = null;
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(context =>
        {
            thrown = Record.Exception(() => context.Annotate(key, "value"));
            return AdmissionResult.Allow();
        }));

        await host.PostAsync(TestReviews.CreatePod());

        Assert.IsType<ArgumentException>(thrown);
    }

    private static Task<WebhookHost> StartAsync(Func<ValidatingWebhookBuilder, object> configure) =>
        WebhookHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => configure(webhook.Path("/hook"))));

    private static string Uid(string name) =>
        JsonNode.Parse(TestReviews.Recorded(name))!["request"]!["uid"]!.GetValue<string>();
}

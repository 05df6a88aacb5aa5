using System.Net;
using System.Text.Json.Nodes;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>Several mutators behind one webhook: one patch of all edits, or none, and the warnings and annotations in any case (contract 9.9).</summary>
/// <remarks>Covers <see cref="HandlerChain"/>, <see cref="MutatorInvoker{T}"/>, <see cref="FailureResponses"/>.</remarks>
public sealed class MutatorChainTests
{
    [Fact]
    public async Task Post_BothEdit_OnePatchAndTheSecondSeesTheFirst()
    {
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(EditWarnAndNote).Handle<JsonObject>(context =>
        {
            var labels = context.Object["metadata"]!["labels"]!;
            labels["second"] = $"after-{labels["first"]}";
            context.Warn("second");
            context.Annotate("second", "2");
            return AdmissionResult.Allow();
        }, rule => rule.Resource("", "v1", "pods")));

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        var labels = Patched(response)["metadata"]!["labels"]!;
        Assert.Equal(("1", "after-1"), ((string?)labels["first"], (string?)labels["second"]));
        AssertNotes(response, "second", "2");
    }

    [Fact]
    public async Task Post_SecondDenies_NoPatchAndTheNotesOfBoth()
    {
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(EditWarnAndNote).Handle<V1Pod>(context =>
        {
            Assert.Equal("1", context.Object.Metadata.Labels["first"]);
            context.Warn("denied");
            context.Annotate("second", "denies");
            return AdmissionResult.Deny("no");
        }));

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal(["uid", "allowed", "status", "warnings", "auditAnnotations"], response.Select(member => member.Key));
        AssertNotes(response, "denied", "denies");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_SecondFails_IsAFailureWithoutAnything(bool throws)
    {
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(EditWarnAndNote).Handle<V1Pod>(_ => Fail(throws)));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.InternalServerError,
            $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): {(throws ? "NotSupportedException" : "no idea")}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_SecondFailsAndIsAllowedWithAWarning_NoPatchAndTheNotesOfTheFirst(bool throws)
    {
        await using var host = await StartAsync(webhook => webhook.OnError(ErrorPolicy.AllowWithWarning)
            .Handle<V1Pod>(EditWarnAndNote).Handle<V1Pod>(_ => Fail(throws)));

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal(["uid", "allowed", "warnings", "auditAnnotations"], response.Select(member => member.Key));
        Assert.True((bool)response["allowed"]!);
        Assert.Equal("first", (string?)response["warnings"]![0]);
        Assert.Contains("could not decide", (string?)response["warnings"]![1], StringComparison.Ordinal);
        Assert.Equal(["first", "decision"], response["auditAnnotations"]!.AsObject().Select(item => item.Key));
    }

    [Fact]
    public async Task Post_FirstDenies_SecondIsNotAsked()
    {
        var asked = false;
        await using var host = await StartAsync(webhook => webhook.Handle<V1Pod>(_ => AdmissionResult.Deny("no")).Handle<V1Pod>(_ =>
        {
            asked = true;
            return AdmissionResult.Allow();
        }));

        Assert.False((bool)(await host.PostAsync(TestReviews.CreatePod())).AssertReview()["allowed"]!);
        Assert.False(asked);
    }

    private static AdmissionResult EditWarnAndNote(MutationContext<V1Pod> context)
    {
        context.Object.Metadata.Labels["first"] = "1";
        context.Warn("first");
        context.Annotate("first", "1");
        return AdmissionResult.Allow();
    }

    private static AdmissionResult Fail(bool throws) => throws ? throw new NotSupportedException("secret") : AdmissionResult.Fail("no idea");

    private static void AssertNotes(JsonObject response, string warning, string annotation)
    {
        Assert.Equal(["first", warning], response["warnings"]!.AsArray().Select(text => (string?)text));
        Assert.Equal(("1", annotation), ((string?)response["auditAnnotations"]!["first"], (string?)response["auditAnnotations"]!["second"]));
    }

    private static JsonNode Patched(JsonObject response) => JsonNode.Parse(AdmissionSdk.Patching.JsonPatch
        .Parse(Convert.FromBase64String((string)response["patch"]!))
        .Apply(System.Text.Encoding.UTF8.GetBytes(JsonNode.Parse(TestReviews.CreatePod())!["request"]!["object"]!.ToJsonString())))!;

    private static Task<WebhookHost> StartAsync(Func<MutatingWebhookBuilder, object> configure) =>
        WebhookHost.StartAsync(webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => configure(webhook.Path("/hook"))));
}

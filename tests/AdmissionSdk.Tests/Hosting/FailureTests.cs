using System.Net;
using System.Text.Json.Nodes;
using AdmissionSdk.Contexts;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Memory;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>Failures to decide, which are neither yes nor no: HTTP 500 so that failurePolicy decides (contract 11), or the webhook's own policy.</summary>
/// <remarks>Covers <see cref="FailureResponses"/>, <see cref="HandlerChain"/>, <see cref="MutatorInvoker{T}"/>, <see cref="ValidatorInvoker{T}"/>, <see cref="ObjectDecoder"/>, <see cref="ReviewMemoryException"/>.</remarks>
public sealed class FailureTests
{
    private const string Prefix = $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): ";

    [Fact]
    public async Task Post_HandlerThrows_Answers500WithTheTypeButNotTheMessage()
    {
        // Every user whose request fails reads this line (contract 9.2), so it must not carry the message.
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => throw new TimeZoneNotFoundException("password=hunter2"));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(HttpStatusCode.InternalServerError, Prefix + "TimeZoneNotFoundException");
    }

    [Fact]
    public async Task Post_HandlerThrowsInDevelopment_ShowsTheMessage()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook")
                .Handle((Func<ValidationContext<V1Pod>, AdmissionResult>)(_ => throw new TimeZoneNotFoundException("no such\nzone")))),
            environment: "Development");

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.InternalServerError, Prefix + "TimeZoneNotFoundException: no such\\nzone");
    }

    [Fact]
    public async Task Post_HandlerSaysFail_Answers500WithItsMessage()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Fail("the registry is down"));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(HttpStatusCode.InternalServerError, Prefix + "the registry is down");
    }

    [Fact]
    public async Task Post_HandlerReturnsNull_Answers500AndSaysSo()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => null!);

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.InternalServerError, Prefix + "delegate returned null instead of an AdmissionResult");
    }

    [Fact]
    public async Task Post_OnErrorDeny_Denies()
    {
        await using var host = await StartAsync(webhook => webhook.OnError(ErrorPolicy.Deny));

        var status = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["status"]!;

        Assert.Equal((500, Prefix + "NotSupportedException"), (status["code"]!.GetValue<int>(), status["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Post_OnErrorAllowWithWarning_AllowsAndWarns()
    {
        await using var host = await StartAsync(webhook => webhook.OnError(ErrorPolicy.AllowWithWarning));

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Equal(Prefix + "NotSupportedException", response["warnings"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("spec", "7")]
    [InlineData("metadata", "\"text\"")]
    public async Task Post_ObjectDoesNotFitTheType_Answers500AndNamesTheType(string member, string value)
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow());

        var answer = await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]![member] = JsonNode.Parse(value)));

        answer.AssertLine(HttpStatusCode.InternalServerError, Prefix + $"object cannot be read as V1Pod: JsonException at {member}");
    }

    [Fact]
    public async Task Post_OnUndecodableDeny_Denies()
    {
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").OnUndecodable(UndecodablePolicy.Deny).Handle<V1Pod>(_ => AdmissionResult.Allow())));

        var status = (await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["spec"] = 7))).AssertReview()["status"]!;

        Assert.Equal((400, "BadRequest"), (status["code"]!.GetValue<int>(), status["reason"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(ErrorPolicy.Deny)]
    [InlineData(ErrorPolicy.AllowWithWarning)]
    [InlineData(ErrorPolicy.Fail)]
    public async Task Post_OutOfMemory_IsAFailureWhateverThePolicies(ErrorPolicy onError)
    {
        // Memory says nothing of the object: neither a verdict on it nor a way past the webhook.
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddMutatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").OnError(onError).OnUndecodable(UndecodablePolicy.Deny)
                .Handle<V1Pod>(AdmissionResult (_) => throw new InsufficientMemoryException())));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(HttpStatusCode.InternalServerError, Prefix + "the process is short of memory");
    }

    [Fact]
    public async Task Post_ObjectNestedTooDeeply_IsUndecodableAndTheProcessLives()
    {
        // A recursive model at great depth overflows the stack, which nothing catches.
        await using var host = await WebhookHost.ValidateAsync<JsonObject>(_ => AdmissionResult.Allow());
        var text = System.Text.Encoding.UTF8.GetString(TestReviews.CreatePod()).Replace(
            "\"spec\":{", "\"deep\":" + string.Concat(Enumerable.Repeat("{\"a\":", 3000)) + "1" + new string('}', 3000) + ",\"spec\":{", StringComparison.Ordinal);

        (await host.PostAsync(System.Text.Encoding.UTF8.GetBytes(text))).AssertLine(
            HttpStatusCode.InternalServerError, Prefix + "object cannot be read as JsonObject: JsonException");
        (await host.PostAsync(TestReviews.CreatePod())).AssertReview();
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(500_000, false)]
    public async Task Post_ObjectOfMoreObjectsThanFit_IsAFailureAtOnce(int count, bool fits)
    {
        // Two bytes on the wire are hundreds in memory.
        var text = System.Text.Encoding.UTF8.GetString(TestReviews.CreatePod()).Replace(
            "\"spec\":{", $"\"spec\":{{\"volumes\":[{string.Join(',', Enumerable.Repeat("{}", count))}],", StringComparison.Ordinal);
        await using var validator = await StartSmallAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(context => AdmissionResult.Deny($"{context.Object.Spec.Volumes.Count}"))));
        await using var mutator = await StartSmallAsync(webhooks => webhooks.AddMutatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(context => AdmissionResult.Deny($"{context.Object.Spec.Volumes.Count}"))));

        foreach (var host in new[] { validator, mutator })
        {
            var answer = await host.PostAsync(System.Text.Encoding.UTF8.GetBytes(text), "/hook?timeout=30s");

            if (fits)
            {
                Assert.Equal($"{count}", (string?)answer.AssertReview()["status"]!["message"]);
            }
            else
            {
                answer.AssertLine(HttpStatusCode.InternalServerError, Prefix + "the review does not fit into the memory that is free (MaxBytesInFlight)");
            }
        }
    }

    private static Task<WebhookHost> StartSmallAsync(Action<AdmissionWebhooksBuilder> webhooks) =>
        WebhookHost.StartAsync(webhooks, options: options => options.MaxBytesInFlight = 128L << 20);

    [Fact]
    public async Task Post_UnmatchedOnValidator_Answers500()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Update));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.InternalServerError, Prefix + "no handler is registered for CREATE pods");
    }

    [Fact]
    public async Task Post_UnmatchedOnMutator_Allows()
    {
        await using var host = await WebhookHost.MutateAsync<V1Pod>(_ => AdmissionResult.Deny("never"), rule => rule.On(Operations.Update));

        Assert.True((await host.PostAsync(TestReviews.CreatePod())).AssertReview()["allowed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Post_OnUnmatchedDeny_Denies()
    {
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name,
            webhook => webhook.Path("/hook").OnUnmatched(UnmatchedPolicy.Deny).Handle<V1Pod>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Update))));

        Assert.Equal(403, (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["status"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Post_EditOnDelete_FailsBecauseTheApiServerAcceptsNoPatchThere()
    {
        // Contract 5.3: a patch there is a hard error, whatever failurePolicy says.
        await using var host = await WebhookHost.MutateAsync<V1Pod>(context =>
        {
            (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["team"] = "a";
            return AdmissionResult.Allow();
        });

        var answer = await host.PostAsync(TestReviews.Recorded("delete-pods.json"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.EndsWith("a mutator edited the object on DELETE, where the API server accepts no patch\n", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ValidatorEditsTheObjectInDevelopment_Fails()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(context =>
            {
                context.Object.Spec.Containers[0].Image = "other";
                return AdmissionResult.Allow();
            })),
            environment: "Development");

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.InternalServerError, Prefix + "delegate changed the object, and validators cannot mutate: register it with AddMutatingWebhook");
    }

    [Fact]
    public async Task Post_NeitherObject_IsUndecodable()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow());

        (await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"] = null))).AssertLine(
            HttpStatusCode.InternalServerError, Prefix + "object cannot be read as V1Pod");
    }

    private static Task<WebhookHost> StartAsync(Action<ValidatingWebhookBuilder> configure) =>
        WebhookHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook =>
        {
            webhook.Path("/hook").Handle((Func<ValidationContext<V1Pod>, AdmissionResult>)(_ => throw new NotSupportedException("secret")));
            configure(webhook);
        }));
}

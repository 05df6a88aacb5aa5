using System.Net;
using System.Text;
using AdmissionSdk.Contexts;
using AdmissionSdk.Hosting;
using AdmissionSdk.Reviews;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>Every response to a review as a review: HTTP 200 and an envelope that the API server accepts (contract 9, 20.1).</summary>
/// <remarks>Covers <see cref="AdmissionReviewWriter"/>, <see cref="AdmissionEndpoint"/>, <see cref="AdmissionResult"/>, <see cref="FieldError"/>, <see cref="StatusReasons"/>, <see cref="WarningText"/>, <see cref="ObjectPeek"/>, <see cref="ReviewVersion"/>, <see cref="ReviewResponse"/>, <see cref="ReviewMembers"/>.</remarks>
public sealed class ReviewResponseTests
{
    [Fact]
    public async Task Post_Allowed_AnswersAllowedAndNothingElse()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow());

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal($$"""{"uid":"{{TestReviews.PodUid}}","allowed":true}""", response.ToJsonString());
    }

    [Fact]
    public async Task Post_Denied_SendsCodeReasonAndMessage()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Deny("use an approved registry"));

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.False(response["allowed"]!.GetValue<bool>());
        Assert.Equal(
            """{"status":"Failure","message":"use an approved registry","reason":"Forbidden","code":403}""",
            response["status"]!.ToJsonString());
    }

    [Theory]
    [InlineData(400, "BadRequest")]
    [InlineData(409, "Conflict")]
    [InlineData(422, "Invalid")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(599, null)]
    public async Task Post_DeniedWithCode_SetsTheReasonThatGoesWithIt(int code, string? reason)
    {
        // Contract 10.3: the API server never derives the reason from the code.
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Deny("no", code));

        var status = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["status"]!;

        Assert.Equal((code, reason), (status["code"]!.GetValue<int>(), status["reason"]?.GetValue<string>()));
    }

    [Fact]
    public async Task Post_Invalid_NamesKindNameAndCauses()
    {
        // Contract 10.4: kubectl prints `The <kind> "<name>" is invalid: <causes>`.
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Invalid(
            new FieldError("spec.containers[0].image", "must come from registry.example.com"),
            new FieldError("metadata.labels", "team is missing", FieldErrorReasons.Required)));

        var status = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["status"]!;

        Assert.Equal((422, "Invalid"), (status["code"]!.GetValue<int>(), status["reason"]!.GetValue<string>()));
        Assert.Equal(
            """{"name":"web","group":"","kind":"Pod","causes":[{"reason":"FieldValueInvalid","message":"must come from registry.example.com","field":"spec.containers[0].image"},{"reason":"FieldValueRequired","message":"team is missing","field":"metadata.labels"}]}""",
            status["details"]!.ToJsonString());
    }

    [Fact]
    public async Task Post_WarningsAndAnnotations_RideOnADenial()
    {
        // Contract 9.9: both work on any result. 16.2: control characters would lose the warning.
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            context.Warn("first\nsecond");
            context.Annotate("decision", "denied");
            return AdmissionResult.Deny("no");
        });

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal("""["first\\nsecond"]""", response["warnings"]!.ToJsonString());
        Assert.Equal("""{"decision":"denied"}""", response["auditAnnotations"]!.ToJsonString());
    }

    [Fact]
    public async Task Post_LongWarning_IsCutAt256Runes()
    {
        // Contract 16.3. The last rune that fits is replaced, whole even when it is a surrogate pair.
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            context.Warn(string.Concat(Enumerable.Repeat("🐳", 300)));
            return AdmissionResult.Allow();
        });

        var warning = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["warnings"]![0]!.GetValue<string>();

        Assert.Equal(string.Concat(Enumerable.Repeat("🐳", 255)) + "…", warning);
    }

    [Fact]
    public async Task Post_V1Beta1_IsAnsweredAsV1Beta1()
    {
        await using var host = await WebhookHost.MutateAsync<V1Pod>(context =>
        {
            context.Object.Spec.Containers[0].Image = "registry.example.com/nginx:1.9";
            return AdmissionResult.Allow();
        });

        var answer = await host.PostAsync(TestReviews.CreatePod(review => review["apiVersion"] = "admission.k8s.io/v1beta1"));

        // Contract 9.6: v1beta1 is checked less, and still answered in full.
        Assert.Equal("JSONPatch", answer.AssertReview(apiVersion: "admission.k8s.io/v1beta1")["patchType"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_Patch_IsBase64OfAJsonPatch()
    {
        await using var host = await WebhookHost.MutateAsync<V1Pod>(context =>
        {
            context.Object.Spec.Containers[0].Image = "registry.example.com/nginx:1.9";
            return AdmissionResult.Allow();
        });

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal("JSONPatch", response["patchType"]!.GetValue<string>());
        Assert.Equal(
            """[{"op":"replace","path":"/spec/containers/0/image","value":"registry.example.com/nginx:1.9"}]""",
            Encoding.UTF8.GetString(Convert.FromBase64String(response["patch"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Post_MutatorWithoutEdit_SendsNeitherPatchNorPatchType()
    {
        await using var host = await WebhookHost.MutateAsync<V1Pod>(_ => AdmissionResult.Allow());

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal(["uid", "allowed"], response.Select(member => member.Key));
    }

    [Fact]
    public async Task Post_MutatorEditsThenDenies_SendsNoPatch()
    {
        // Contract 9.8: checks come before allowed, so a denial must not carry anything refusable.
        await using var host = await WebhookHost.MutateAsync<V1Pod>(context =>
        {
            context.Object.Metadata.Labels["team"] = "a";
            return AdmissionResult.Deny("no");
        });

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal(["uid", "allowed", "status", "auditAnnotations"], response.Select(member => member.Key));
    }

    [Fact]
    public async Task Post_NullAndMissingMembers_ReadAlike()
    {
        // Contract 4.2: the API server writes nulls; others leave members out.
        List<(bool DryRun, bool HasOld, bool HasOptions, string User)> seen = [];
        List<(GroupVersionKind Kind, GroupVersionResource Resource, GroupVersionKind RequestKind, GroupVersionResource RequestResource)> kinds = [];
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            seen.Add((context.DryRun, context.OldObject is not null, context.OptionsJson.ValueKind != default, context.User.Username));
            kinds.Add((context.Kind, context.Resource, context.RequestKind, context.RequestResource));
            return AdmissionResult.Allow();
        });
        string[] optional = ["oldObject", "options", "dryRun", "userInfo", "requestKind", "requestResource", "name", "namespace"];
        string[] triples = ["kind", "resource", "requestKind", "requestResource"];

        foreach (var members in new[] { optional, triples })
        {
            (await host.PostAsync(TestReviews.CreatePod(review => members.ToList().ForEach(name => review.Request()[name] = null)))).AssertReview();
            (await host.PostAsync(TestReviews.CreatePod(review => members.ToList().ForEach(name => review.Request().Remove(name))))).AssertReview();
        }

        Assert.Equal([(false, false, false, ""), (false, false, false, "")], seen.Take(2));
        // Without request* no conversion took place; missing texts are empty, never null.
        var (pod, pods) = (new GroupVersionKind("", "v1", "Pod"), new GroupVersionResource("", "v1", "pods"));
        var (noKind, noResource) = (new GroupVersionKind("", "", ""), new GroupVersionResource("", "", ""));
        Assert.Equal([(pod, pods, pod, pods), (pod, pods, pod, pods)], kinds.Take(2));
        Assert.Equal([(noKind, noResource, noKind, noResource), (noKind, noResource, noKind, noResource)], kinds.Skip(2));
    }

    [Fact]
    public async Task Post_NameMissing_FallsBackToTheObjectsName()
    {
        // Contract 4.6.
        string? name = null;
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            name = context.Name;
            return AdmissionResult.Allow();
        });

        await host.PostAsync(TestReviews.CreatePod(review => review.Request().Remove("name")));

        Assert.Equal("web", name);
    }

    [Fact]
    public async Task Post_UnknownOperation_ReachesHandlersOfAllOperations()
    {
        Operation? seen = null;
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            seen = context.Operation;
            return AdmissionResult.Allow();
        });

        (await host.PostAsync(TestReviews.CreatePod(review => review.Request()["operation"] = "RENAME"))).AssertReview();

        Assert.Equal(new Operation("RENAME"), seen);
    }

    [Fact]
    public async Task Post_UnknownOperation_IsUnmatchedForTheFourKnownOnes()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Create | Operations.Update));

        var answer = await host.PostAsync(TestReviews.CreatePod(review => review.Request()["operation"] = "RENAME"));

        answer.AssertLine(
            HttpStatusCode.InternalServerError,
            $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): no handler is registered for RENAME pods");
    }

    [Fact]
    public async Task Post_CharsetAndTrailingSlash_AreAccepted()
    {
        // Contract 6.1: the API server drops a trailing slash itself; other callers may not.
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow());
        var content = new StringContent(Encoding.UTF8.GetString(TestReviews.CreatePod()), Encoding.UTF8, "application/json");

        (await host.PostAsync(content, "/hook/?timeout=10s")).AssertReview();
    }

    [Fact]
    public async Task Post_QuotedCharsetAndIdentityEncoding_AreAccepted()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow());
        var content = WebhookHost.Json(TestReviews.CreatePod());
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json; charset=\"utf-8\"");
        content.Headers.ContentEncoding.Add("identity");

        (await host.PostAsync(content)).AssertReview();
    }

    [Theory]
    [InlineData(false, """{"retryAfterSeconds":3}""")]
    [InlineData(true, """{"name":"web","group":"","kind":"Pod","causes":[{"reason":"FieldValueInvalid","message":"full","field":"spec"}],"retryAfterSeconds":3}""")]
    public async Task Post_DeniedForNow_TellsTheUsersClientWhenToTryAgain(bool withCauses, string details)
    {
        // Contract 10.5: the user's client reads the details. A header Retry-After would make the API server itself ask again (contract 8.4).
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ =>
            (withCauses ? AdmissionResult.Invalid(new FieldError("spec", "full")) : AdmissionResult.Deny("full", 429)).WithRetryAfter(TimeSpan.FromSeconds(2.1)));

        var status = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["status"]!;

        Assert.Equal(details, status["details"]!.ToJsonString());
    }

    [Fact]
    public void WithRetryAfter_OfAnythingButADenialOrNoTime_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => AdmissionResult.Allow().WithRetryAfter(TimeSpan.FromSeconds(1)));
        Assert.Throws<InvalidOperationException>(() => AdmissionResult.Fail("no idea").WithRetryAfter(TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdmissionResult.Deny("no").WithRetryAfter(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdmissionResult.Deny("no").WithRetryAfter(TimeSpan.FromDays(2)));
    }

    [Theory]
    [InlineData("?timeout=10s")]
    [InlineData("?timeout=")]
    [InlineData("?timeout=banana")]
    [InlineData("?timeout=-5s&other=1")]
    [InlineData("")]
    public async Task Post_AnyTimeoutParameter_IsAnswered(string query)
    {
        // Contract 8.2 and 20.1: malformed values are ignored.
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Allow());

        (await host.PostAsync(TestReviews.CreatePod(), "/hook" + query)).AssertReview();
    }

    [Fact]
    public async Task Post_ResponseMemberNames_AreExactlyTheContracts()
    {
        // Contract 9.4: member names are case-sensitive.
        await using var host = await WebhookHost.MutateAsync<V1Pod>(context =>
        {
            context.Warn("w");
            context.Annotate("k", "v");
            context.Object.Metadata.Labels["team"] = "a";
            return AdmissionResult.Allow();
        });

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal(["uid", "allowed", "patchType", "patch", "warnings", "auditAnnotations"], response.Select(member => member.Key));
    }
}

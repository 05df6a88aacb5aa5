using System.Net;
using System.Text;
using AdmissionSdk.Contexts;
using AdmissionSdk.Reviews;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>A response says a bounded amount, in harmless lines, whatever an object's author put into the object.</summary>
/// <remarks>Covers <see cref="ReviewNotes"/>, <see cref="WarningText"/>, <see cref="ResponseLimits"/>, <see cref="AdmissionReviewWriter"/>, <see cref="AdmissionCall"/>.</remarks>
public sealed class ResponseLimitTests
{
    private const string Hostile = "nginx\u001b[2J\r\nWarning: all fine\u202e\u0085!";
    private const string Harmless = "nginx\\x1b[2J\\r\\nWarning: all fine\\u202e\\u0085!";

    [Fact]
    public async Task Deny_HostileText_IsQuotedEverywhere()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            context.Warn(Hostile);
            context.Annotate("image", Hostile);
            return AdmissionResult.Deny(Hostile, 403, Hostile);
        });

        var response = (await host.PostAsync(TestReviews.CreatePod())).AssertReview();

        Assert.Equal((Harmless, Harmless), (response["status"]!["message"]!.GetValue<string>(), response["status"]!["reason"]!.GetValue<string>()));
        Assert.Equal((Harmless, Harmless), (response["warnings"]![0]!.GetValue<string>(), response["auditAnnotations"]!["image"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Invalid_HostileText_IsQuotedInCausesAndName()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Invalid(new FieldError(Hostile, Hostile, Hostile)));

        var response = (await host.PostAsync(TestReviews.CreatePod(review => review.Request()["name"] = Hostile))).AssertReview();

        Assert.Equal(
            $$"""{"name":"{{Json(Harmless)}}","group":"","kind":"Pod","causes":[{"reason":"{{Json(Harmless)}}","message":"{{Json(Harmless)}}","field":"{{Json(Harmless)}}"}]}""",
            response["status"]!["details"]!.ToJsonString());
    }

    [Fact]
    public async Task Fail_HostileText_IsOneHarmlessLine()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => AdmissionResult.Fail(Hostile));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.InternalServerError, $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): {Harmless}");
    }

    [Fact]
    public async Task Warn_MoreThanTheApiServerTakes_TheLastSaysHowManyAreLeftOut()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                context.Warn($"{i:00000} {new string('x', 94)}");
            }

            return AdmissionResult.Allow();
        });

        var warnings = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()).ToList();

        Assert.Equal($"{10_000 - warnings.Count + 1} more warnings are left out", warnings[^1]);
        Assert.Equal($"00000 {new string('x', 94)}", warnings[0]);
        Assert.InRange(warnings.Sum(warning => warning.Length), 3600, 4096 - ResponseLimits.WarningLength);
    }

    [Fact]
    public async Task Warn_Repeated_IsSaidOnce()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            for (var i = 0; i < 1000; i++)
            {
                context.Warn("again");
            }

            return AdmissionResult.Allow();
        });

        Assert.Equal("""["again"]""", (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["warnings"]!.ToJsonString());
    }

    [Fact]
    public async Task Annotate_TooManyAndTooLong_TheirNumberIsSaid()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(context =>
        {
            for (var i = 0; i < 1000; i++)
            {
                context.Annotate($"a{i}", new string('x', 100_000));
            }

            return AdmissionResult.Allow();
        });

        var annotations = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["auditAnnotations"]!.AsObject();

        Assert.Equal(ResponseLimits.Annotations + 1, annotations.Count);
        Assert.Equal(new string('x', ResponseLimits.AnnotationLength - 1) + "…", annotations["a0"]!.GetValue<string>());
        Assert.Equal("936", annotations["annotations-left-out"]!.GetValue<string>());
    }

    [Fact]
    public async Task Invalid_TooManyCauses_TheLastSaysHowManyAreLeftOut()
    {
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ =>
            AdmissionResult.Invalid([.. Enumerable.Range(0, 1000).Select(i => new FieldError($"spec.containers[{i}]", new string('x', 10_000)))]));

        var status = (await host.PostAsync(TestReviews.CreatePod())).AssertReview()["status"]!;
        var causes = status["details"]!["causes"]!.AsArray();

        Assert.Equal(ResponseLimits.Causes + 1, causes.Count);
        Assert.Equal("936 more are left out", causes[^1]!["message"]!.GetValue<string>());
        Assert.Equal(ResponseLimits.CauseLength, causes[0]!["message"]!.GetValue<string>().Length);
        Assert.Equal(ResponseLimits.MessageLength, status["message"]!.GetValue<string>().Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DenyOrFail_LongMessage_IsCut(bool fails)
    {
        var message = new string('x', 4_000_000);
        await using var host = await WebhookHost.ValidateAsync<V1Pod>(_ => fails ? AdmissionResult.Fail(message) : AdmissionResult.Deny(message));

        var answer = await host.PostAsync(TestReviews.CreatePod());

        Assert.InRange(Encoding.UTF8.GetByteCount(answer.Text), 1024, 8192);
        Assert.Contains("x…", answer.Text, StringComparison.Ordinal);
    }

    private static string Json(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal);
}

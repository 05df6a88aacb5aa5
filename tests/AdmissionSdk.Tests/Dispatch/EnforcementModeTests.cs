using AdmissionSdk.Dispatch;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>Warn and audit mode: neither a denial nor a crash stops a request, and the response reports both.</summary>
/// <remarks>Covers <see cref="EnforcementFilter"/>, <see cref="FailureResponses"/>, <see cref="ReviewOutcome"/>.</remarks>
public sealed class EnforcementModeTests
{
    private const string Failed = $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): ";

    public static TheoryData<string, string> Outcomes => new()
    {
        { "deny", "would have been denied: no" },
        { "fail", $"would have failed: {Failed}no idea" },
        { "throw", $"would have failed: {Failed}NotSupportedException" },
        { "null", $"would have failed: {Failed}delegate returned null instead of an AdmissionResult" },
        { "undecodable", $"would have failed: {Failed}object cannot be read as V1Pod: JsonException at spec" },
        { "unmatched", $"would have failed: {Failed}no handler is registered for EXPLODE pods" },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Post_Warn_AllowsAndWarns(string outcome, string text)
    {
        var response = await PostAsync(EnforcementMode.Warn, outcome);

        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Contains(text, response["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()));
        Assert.Equal(["decision"], response["auditAnnotations"]!.AsObject().Select(item => item.Key));
        Assert.Null(response["status"]);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Post_Audit_AllowsAndAnnotates(string outcome, string text)
    {
        var response = await PostAsync(EnforcementMode.Audit, outcome);

        Assert.True(response["allowed"]!.GetValue<bool>());
        Assert.Equal(text, response["auditAnnotations"]!["would-deny"]!.GetValue<string>());
        Assert.Null(response["warnings"]);
    }

    [Theory]
    [InlineData(EnforcementMode.Enforce)]
    [InlineData(EnforcementMode.Warn)]
    [InlineData(EnforcementMode.Audit)]
    public async Task Post_Allow_IsTheSameInEveryMode(EnforcementMode mode)
    {
        var response = await PostAsync(mode, "allow");

        Assert.Equal(["allowed", "uid"], response.Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Post_WarnAndTheHandlerHangs_AllowsAtTheDeadline()
    {
        var time = new FakeTimeProvider();
        var entered = new TaskCompletionSource();
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Mode(EnforcementMode.Warn).Handle<V1Pod>(async (_, token) =>
            {
                entered.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(token);
                return AdmissionResult.Allow();
            })),
            services: services => services.AddSingleton<TimeProvider>(time));

        var answer = host.PostAsync(TestReviews.CreatePod());
        await entered.Task;
        time.Advance(TimeSpan.FromSeconds(9.85));

        Assert.Contains("would have failed", (await answer).AssertReview()["warnings"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> PostAsync(EnforcementMode mode, string outcome)
    {
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Mode(mode).Handle<V1Pod>(_ => outcome switch
            {
                "deny" => AdmissionResult.Deny("no"),
                "fail" => AdmissionResult.Fail("no idea"),
                "throw" => throw new NotSupportedException("secret"),
                "null" => null!,
                _ => AdmissionResult.Allow(),
            })));
        return (await host.PostAsync(TestReviews.CreatePod(review =>
        {
            switch (outcome)
            {
                case "undecodable":
                    review.Request()["object"]!["spec"] = 7;
                    break;
                case "unmatched":
                    review.Request()["operation"] = "EXPLODE";
                    break;
            }
        }))).AssertReview();
    }
}

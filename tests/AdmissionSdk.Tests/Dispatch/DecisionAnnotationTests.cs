using AdmissionSdk.Dispatch;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>The audit log tells what a webhook decided, whatever its handlers annotate.</summary>
/// <remarks>Covers <see cref="DecisionAnnotation"/>.</remarks>
public sealed class DecisionAnnotationTests
{
    public static TheoryData<EnforcementMode, ErrorPolicy, string, string?> Decisions => new()
    {
        { EnforcementMode.Enforce, ErrorPolicy.Fail, "allow", null },
        { EnforcementMode.Enforce, ErrorPolicy.Fail, "deny", "denied: no" },
        { EnforcementMode.Warn, ErrorPolicy.Fail, "deny", "would have been denied: no" },
        { EnforcementMode.Audit, ErrorPolicy.Fail, "deny", "would have been denied: no" },
        { EnforcementMode.Enforce, ErrorPolicy.Deny, "fail", "denied without a decision: nobody knows" },
        { EnforcementMode.Enforce, ErrorPolicy.AllowWithWarning, "fail", "allowed without a decision: nobody knows" },
        { EnforcementMode.Enforce, ErrorPolicy.Fail, "own", "mine" },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public async Task Respond_EveryDecision_IsAnnotated(EnforcementMode mode, ErrorPolicy onError, string decision, string? expected)
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Mode(mode).OnError(onError).Handle<V1Pod>(context => Decide(context, decision))));

        var response = (await host.PostAsync()).AssertReview();

        Assert.Equal(expected, (string?)response["auditAnnotations"]?["decision"]);
    }

    private static AdmissionResult Decide(ValidationContext<V1Pod> context, string decision)
    {
        if (decision == "own")
        {
            context.Annotate("decision", "mine");
        }

        return decision switch
        {
            "deny" => AdmissionResult.Deny("no"),
            "fail" => AdmissionResult.Fail("nobody knows"),
            _ => AdmissionResult.Allow(),
        };
    }
}

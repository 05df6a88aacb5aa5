using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Explaining;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Explaining;

/// <remarks>Covers <see cref="ExplainCommand"/>, <see cref="ReviewExplainer"/>, <see cref="ReviewFile"/>, <see cref="ExplainedReview"/>, <see cref="ChainTrace"/>, <see cref="HandlerStep"/>, <see cref="CommandLogs"/>.</remarks>
public sealed partial class ExplainCommandTests : IDisposable
{
    private const string Review = """
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{
          "uid":"705ab4f5-6393-11e8-b7cc-42010a800002","kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
          "name":"web","namespace":"shop","operation":"CREATE","userInfo":{"username":"jane"},
          "object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"web","image":"nginx"}]}},"dryRun":false}}
        """;

    private readonly ManifestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Explain_Review_ShowsHandlerByHandlerWhatHappened()
    {
        var run = await _command.RunAsync(TwoWebhooks, "explain", _command.Write("review.json", Review));

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            review 705ab4f5-6393-11e8-b7cc-42010a800002: CREATE v1/pods shop/web for jane
            images.example.com (mutating, /mutate, mode Enforce, failurePolicy Ignore)
              1. delegate (V1Pod): allowed (… ms)
                   warned: docker.io is slow
                   annotated: registry=hub
                   changed: replace spec.containers[0].image = "registry.example.com/nginx"
              2. delegate (V1Pod): allowed (… ms)
                   changed: add metadata.labels = {"seen":"yes"}
              -  delegate (V1Deployment): is for Create of deployments.apps
              response: allowed, with a patch of 2 operations; warning: docker.io is slow
            guard.example.com (validating, /validate, mode Enforce, failurePolicy Fail)
              1. delegate (V1Pod): denied with 422 Invalid: spec.containers[0].image: must have a digest (… ms)
                   spec.containers[0].image: must have a digest
              2. delegate (V1Pod): not run
              response: denied: spec.containers[0].image: must have a digest

            """,
            Milliseconds().Replace(run.Output, "(… ms)"));
    }

    [Fact]
    public async Task Explain_Recording_ChoosesByUidAndShowsWhatWasRecorded()
    {
        var review = JsonNode.Parse(Review)!;
        var line = new JsonObject
        {
            ["time"] = "2026-05-04T10:00:00Z",
            ["webhook"] = "guard.example.com",
            ["path"] = "/validate",
            ["status"] = 200,
            ["review"] = review.DeepClone(),
            ["response"] = JsonNode.Parse("""{"kind":"AdmissionReview","response":{"uid":"1","allowed":true,"warnings":["old"]}}"""),
        };
        var other = line.DeepClone();
        other["review"]!["request"]!["uid"] = "other";
        var file = _command.Write("reviews.jsonl", $"{other.ToJsonString()}\n{line.ToJsonString()}\n");

        var run = await _command.RunAsync(TwoWebhooks, "explain", file, "--uid", "705ab4f5-6393-11e8-b7cc-42010a800002");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("review 705ab4f5-", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("images.example.com", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("  recorded: allowed; warning: old\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_HandlerThatThrows_ShowsTheMessageAndExitsTwo()
    {
        var run = await _command.RunAsync(
            webhooks => webhooks.AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<V1Pod>(AdmissionResult (_) => throw new TimeZoneNotFoundException("Mars"))),
            "explain", _command.Write("review.json", Review));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("  1. delegate (V1Pod): threw TimeZoneNotFoundException: Mars (", run.Output, StringComparison.Ordinal);
        Assert.Contains("  response: no decision, failurePolicy decides: guard.example.com: could not decide (uid 705ab4f5-", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "review.json holds no AdmissionReview")]
    [InlineData("", "review.json holds no AdmissionReview")]
    [InlineData("{\"request\":{}}\nx\n", "review.json:2 holds no AdmissionReview")]
    [InlineData("{\"request\":{}}", "review.json holds no AdmissionReview that can be read: ")]
    public async Task Explain_FileThatHoldsNoReview_IsOneLine(string text, string expected)
    {
        var run = await _command.RunAsync(TwoWebhooks, "explain", _command.Write("review.json", text));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: {expected}", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Explain_UnknownNames_AreOneLineWithTheRemedy()
    {
        var file = _command.Write("review.json", Review);

        Assert.Equal(
            "error: the webhook x is not registered: pass --webhook with one of images.example.com, guard.example.com.\n",
            (await _command.RunAsync(TwoWebhooks, "explain", file, "--webhook", "x")).Error);
        Assert.Equal("error: review.json has no review with the uid x.\n", (await _command.RunAsync(TwoWebhooks, "explain", file, "--uid", "x")).Error);
    }

    [Fact]
    public async Task Explain_ReviewThatNobodyClaims_SaysSo()
    {
        var run = await _command.RunAsync(TwoWebhooks, "explain", _command.Write("review.json", Review.Replace("CREATE", "DELETE", StringComparison.Ordinal)));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("  no webhook has a handler for DELETE v1/pods\n", run.Output, StringComparison.Ordinal);
    }

    private static void TwoWebhooks(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddMutatingWebhook("images.example.com", webhook => webhook.Path("/mutate").FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Pod>(context =>
            {
                context.Warn("docker.io is slow");
                context.Annotate("registry", "hub");
                context.Object.Spec.Containers[0].Image = "registry.example.com/nginx";
                return AdmissionResult.Allow();
            })
            .Handle<V1Pod>(context =>
            {
                context.Patch.SetLabel("seen", "yes");
                return AdmissionResult.Allow();
            })
            .Handle<V1Deployment>(_ => AdmissionResult.Allow()))
        .AddValidatingWebhook("guard.example.com", webhook => webhook.Path("/validate")
            .Handle<V1Pod>(_ => AdmissionResult.Invalid(new FieldError("spec.containers[0].image", "must have a digest")))
            .Handle<V1Pod>(_ => AdmissionResult.Allow()));

    [GeneratedRegex(@"\([0-9.,]+ ms\)")]
    private static partial Regex Milliseconds();
}

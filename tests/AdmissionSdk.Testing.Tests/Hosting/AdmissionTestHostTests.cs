using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Hosting;
using AdmissionSdk.Testing.Outcomes;
using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests.Hosting;

/// <summary>Reviews sent to an application in memory, and their outcomes.</summary>
/// <remarks>Covers <see cref="AdmissionTestHost"/>, <see cref="WebhookTarget"/>, <see cref="AdmissionOutcome"/>, <see cref="VerdictReader"/>, <see cref="Verdict"/>, <see cref="SentReview"/>, <see cref="OutcomeText"/>, <see cref="ObjectDiff"/>.</remarks>
public sealed class AdmissionTestHostTests
{
    private const string Name = "pods.test.example.com";

    [Fact]
    public async Task Send_Allowed_ReadsTheWholeResponse()
    {
        await using var host = await ValidateAsync(context =>
        {
            context.Warn("careful");
            context.Annotate("seen", "yes");
            return AdmissionResult.Allow();
        });

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()))).EnsureAllowed();

        Assert.Equal((200, 0, null, null), (outcome.StatusCode, outcome.Code, outcome.Message, outcome.Failure));
        Assert.Equal(["careful"], outcome.Warnings);
        Assert.Equal("yes", outcome.AuditAnnotations["seen"]);
        Assert.False(outcome.HasPatch);
        Assert.Equal("nginx:1.9", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task Send_Mutated_TellsThePatchAndTheObject()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddMutator<V1Pod>(Name, context =>
        {
            context.Object.Spec.Containers[0].Image = "registry.example.com/nginx:1.9";
            return AdmissionResult.Allow();
        }));

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).WithUnknownField("/spec/containers/0/future"))).EnsureAllowed();

        Assert.Equal("""[{"op":"replace","path":"/spec/containers/0/image","value":"registry.example.com/nginx:1.9"}]""", outcome.PatchJson);
        Assert.Equal(("replace", "/spec/containers/0/image"), Assert.Single(outcome.Patch) is var operation ? (operation.Op, operation.Path) : default);
        Assert.Equal("registry.example.com/nginx:1.9", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
        Assert.Equal("kept", outcome.GetObject()["spec"]!["containers"]![0]!["future"]!.GetValue<string>());
    }

    [Fact]
    public async Task Send_Denied_TellsCodeReasonMessageAndCauses()
    {
        await using var host = await ValidateAsync(_ => AdmissionResult.Invalid(new FieldError("spec.containers[0].image", "use registry.example.com")));

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()))).EnsureDenied();

        Assert.Equal((422, "Invalid", "spec.containers[0].image: use registry.example.com"), (outcome.Code, outcome.Reason, outcome.Message));
        Assert.Equal([new FieldError("spec.containers[0].image", "use registry.example.com")], outcome.Causes);
        Assert.Throws<InvalidOperationException>(() => outcome.GetObject());
    }

    [Fact]
    public async Task Send_Failed_TellsTheLine()
    {
        await using var host = await ValidateAsync(_ => throw new InvalidOperationException("no database"));

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).WithUid("u"))).EnsureFailed();

        Assert.Equal(500, outcome.StatusCode);
        Assert.Equal($"{Name}: could not decide (uid u): InvalidOperationException: no database", outcome.Failure);
    }

    [Fact]
    public async Task EnsureAllowed_Denied_SaysWhatWasSentAndWhatCameBack()
    {
        await using var host = await ValidateAsync(context =>
        {
            context.Warn("careful");
            return AdmissionResult.Deny("use an approved registry");
        });
        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).WithUser("alice").WithUid("u"));

        var exception = Assert.Throws<AdmissionTestException>(outcome.EnsureAllowed);

        Assert.StartsWith(
            $"""
            The review should have been allowed. The review was denied with 403 Forbidden: use an approved registry

            Sent to {Name} (POST /validate/{Name}?timeout=5s):
              CREATE pods shop/web by alice

            Came back (HTTP 200, application/json):
              denied with 403 Forbidden: use an approved registry
              warning: careful
              audit annotation: decision=denied: use an approved registry

            To send the review again, give this text to AdmissionReviewBuilder.FromReview:
            """,
            exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u",""", exception.Message, StringComparison.Ordinal);
        Assert.Equal(outcome.Review.ToArray(), AdmissionReviewBuilder.FromReview(exception.Review.ToArray()).ToBytes());
    }

    [Theory]
    [InlineData(AdmissionDecision.Allow)]
    [InlineData(AdmissionDecision.Deny)]
    [InlineData(AdmissionDecision.Fail)]
    public async Task Ensure_AnotherDecision_Throws(AdmissionDecision decision)
    {
        await using var host = await ValidateAsync(_ => decision switch
        {
            AdmissionDecision.Allow => AdmissionResult.Allow(),
            AdmissionDecision.Deny => AdmissionResult.Deny("no"),
            _ => AdmissionResult.Fail("cannot say"),
        });
        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()));
        (AdmissionDecision Decision, Func<AdmissionOutcome> Ensure)[] all =
        [
            (AdmissionDecision.Allow, outcome.EnsureAllowed), (AdmissionDecision.Deny, outcome.EnsureDenied), (AdmissionDecision.Fail, outcome.EnsureFailed),
        ];

        Assert.All(all, row => Assert.Equal(row.Decision != decision, Record.Exception(row.Ensure) is AdmissionTestException));
    }

    [Fact]
    public async Task Send_SeveralWebhooks_NeedsAName()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
            .AddValidator<V1Pod>("a.test.example.com", _ => AdmissionResult.Deny("a"))
            .AddValidatingWebhook("b.test.example.com", webhook => webhook.Path("/b").Handle<V1Pod>(_ => AdmissionResult.Deny("b"))));
        var review = AdmissionReviewBuilder.Create(Pods.Web());

        Assert.Equal("a", (await host.SendAsync(review, "a.test.example.com")).Message);
        Assert.Equal("b", (await host.SendAsync(review, "/b")).Message);
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => host.SendAsync(review));
        Assert.Contains("a.test.example.com (/validate/a.test.example.com), b.test.example.com (/b)", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => host.SendAsync(review, "c.test.example.com"));
        Assert.Equal(404, (await host.SendAsync(review, "/c")).EnsureFailed().StatusCode);
    }

    [Theory]
    [InlineData("""{"response":{"uid":"u","allowed":true}}""", "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind=")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"other","allowed":true}}""", "expected response.uid=\"u\", got \"other\"")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"u","allowed":true,"patch":"W10="}}""", "webhook returned response.patch but not response.patchType")]
    public async Task Send_ResponseTheApiServerRefuses_IsAFailureInItsWords(string body, string words)
    {
        // Contract 9.5: any HTTP server can be tested, not only ours.
        await using var host = await ForeignAsync(body);

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).WithUid("u"), "/foreign")).EnsureFailed();

        Assert.Contains(words, outcome.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_PatchThatDoesNotApply_IsAFailure()
    {
        // Contract 12.2: adding below an absent parent fails the user's request whatever failurePolicy says.
        await using var host = await ForeignAsync(PatchResponse("""[{"op":"add","path":"/metadata/annotations/a","value":"b"}]"""));

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).WithUid("u"), "/foreign")).EnsureFailed();

        Assert.Contains("the patch does not apply: add operation does not apply: doc is missing path", outcome.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "the patch is malformed: it is not an array of operations")]
    [InlineData("""[{"op":"add","value":1}]""", "the patch is malformed: operation 0 has no path")]
    public async Task Patch_ThatIsNotAJsonPatch_SaysSoAndHasTheReview(string patch, string words)
    {
        await using var host = await ForeignAsync(PatchResponse(patch));
        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).WithUid("u"), "/foreign")).EnsureFailed();

        var exception = Assert.Throws<AdmissionTestException>(() => outcome.Patch);

        Assert.StartsWith($"The operations of the response's patch cannot be read, {words}. The review was failed: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(outcome.Review.ToArray(), exception.Review.ToArray());
        Assert.Equal(patch, outcome.PatchJson);
    }

    [Fact]
    public async Task ToString_WithAPatch_ShowsTheChanges()
    {
        await using var host = await ForeignAsync(PatchResponse("""
            [
              {"op":"replace","path":"/spec/containers/0/image","value":"b"},
              {"op":"add","path":"/metadata/labels/team","value":"x"},
              {"op":"remove","path":"/metadata/labels/app"}
            ]
            """));

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).WithUid("u"), "/foreign")).EnsureAllowed();

        Assert.Contains(
            """
            The patch changes:
              - /metadata/labels/app: "web"
              + /metadata/labels/team: "x"
              ~ /spec/containers/0/image: "nginx:1.9" -> "b"
            """,
            outcome.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("b", outcome.GetObject()["spec"]!["containers"]![0]!["image"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Malformations))]
    public async Task Send_Malformed_IsRefusedOrDecidedButNeverACrash(Malformation malformation)
    {
        await using var host = await AdmissionTestHost.StartAsync(
            services => services.AddAdmissionWebhooks().AddValidator<V1Pod>(Name, _ => AdmissionResult.Allow(), rule => rule.On(Operations.Any)));

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()).ToMalformed(malformation));

        var expected = malformation switch
        {
            Malformation.NullMembers or Malformation.MissingMembers or Malformation.UnknownMember or Malformation.UnknownOperation => 200,
            Malformation.MissingObjects or Malformation.ObjectDoesNotFit or Malformation.DeeplyNested => 500,
            _ => 400,
        };
        Assert.True(outcome.StatusCode == expected, outcome.ToString());
    }

    public static TheoryData<Malformation> Malformations => new(Enum.GetValues<Malformation>());

    [Fact]
    public async Task Send_ApplicationThatThrows_IsAFailure()
    {
        await using var host = await AdmissionTestHost.StartAsync(
            services => services.AddAdmissionWebhooks(),
            app => app.Map("/foreign", string () => throw new InvalidOperationException("no database")));

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()), "/foreign")).EnsureFailed();

        Assert.Equal((500, "the application threw InvalidOperationException: no database"), (outcome.StatusCode, outcome.Failure));
    }

    [Fact]
    public async Task For_AnyClient_SendsByPath()
    {
        await using var inner = await ValidateAsync(_ => AdmissionResult.Deny("no"));
        await using var host = AdmissionTestHost.For(inner.Client);

        Assert.Equal("no", (await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web()), $"/validate/{Name}")).EnsureDenied().Message);
        Assert.Throws<InvalidOperationException>(() => host.Services);
        await Assert.ThrowsAsync<ArgumentException>(() => host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web())));
    }

    private static Task<AdmissionTestHost> ValidateAsync(Func<ValidationContext<V1Pod>, AdmissionResult> handler) =>
        AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddValidator(Name, handler));

    private static Task<AdmissionTestHost> ForeignAsync(string body) => AdmissionTestHost.StartAsync(
        services => services.AddAdmissionWebhooks(),
        app => app.Map("/foreign", () => Results.Text(body, "application/json")));

    private static string PatchResponse(string patch) => new JsonObject
    {
        ["kind"] = "AdmissionReview",
        ["apiVersion"] = "admission.k8s.io/v1",
        ["response"] = new JsonObject
        {
            ["uid"] = "u",
            ["allowed"] = true,
            ["patchType"] = "JSONPatch",
            ["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch)),
        },
    }.ToJsonString();
}

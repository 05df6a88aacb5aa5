using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Testing.Tests.Checks;

/// <summary>Every property lets a good webhook pass, and catches a planted bug with a counterexample that a person understands.</summary>
public sealed class AdmissionPropertiesTests
{
    private const string Name = "pods.test.example.com";
    private static readonly AdmissionReviewBuilder Review = AdmissionReviewBuilder.FromReview(RecordedReviews.Bytes("create-pods.json"));

    [Fact]
    public async Task WellBehaved_GoodMutator_Passes()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddMutator<V1Pod>(Name, context =>
        {
            foreach (var container in context.Object.Spec?.Containers ?? [])
            {
                if (container.Image?.StartsWith("registry.example.com/", StringComparison.Ordinal) == false)
                {
                    container.Image = "registry.example.com/" + container.Image;
                }
            }

            return AdmissionResult.Allow();
        }, rule => rule.On(Operations.Create | Operations.Update)));

        await host.EnsureWellBehavedAsync(Review);
    }

    [Fact]
    public async Task WellBehaved_GoodValidator_Passes()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddValidator<V1Pod>(
            Name,
            context => context.Object.Spec?.HostNetwork == true ? AdmissionResult.Deny("no host network") : AdmissionResult.Allow(),
            rule => rule.On(Operations.All)));

        await host.EnsureWellBehavedAsync(Review);
    }

    [Fact]
    public async Task AboutPatches_DeniedReview_SaysNothingAndFails()
    {
        // A review that is not let through would make these green whatever the webhook does.
        await using var host = await MutateAsync(_ => AdmissionResult.Deny("not this one"));
        Func<Task>[] properties = [() => host.EnsureIdempotentAsync(Review), () => host.EnsureReinvocationSafeAsync(Review), () => host.EnsureKeepsUnknownFieldsAsync(Review)];

        foreach (var property in properties)
        {
            var exception = await Assert.ThrowsAsync<AdmissionTestException>(property);
            Assert.StartsWith("The property can only be tried on a review that the webhook allows. The review was denied with 403 Forbidden: not this one", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AboutPatches_HandlerThatThrows_Fails()
    {
        await using var host = await MutateAsync(_ => throw new InvalidOperationException("broken"));

        Assert.Contains("broken", (await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureIdempotentAsync(Review))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idempotent_AppendsOnEveryCall_IsCaughtWithTheSmallestPod()
    {
        await using var host = await MutateAsync(context =>
        {
            foreach (var container in context.Object.Spec?.Containers ?? [])
            {
                container.Image = "registry.example.com/" + container.Image;
            }

            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureIdempotentAsync(Review));

        AssertLines(
            exception,
            "The webhook is not idempotent.",
            "  The second run changes what the first left:",
            "  ~ /spec/containers/0/image: \"registry.example.com/\" -> \"registry.example.com/registry.example.com/\"",
            "  CREATE pods default/web by admin",
            """  {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default"},"spec":{"containers":[{}]}}""");
        await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureIdempotentAsync(AdmissionReviewBuilder.FromReview(exception.Review.ToArray())));
    }

    [Fact]
    public async Task Idempotent_OnlyWrongWithoutLabels_IsCaughtToo()
    {
        await using var host = await MutateAsync(context =>
        {
            if (context.Object.Metadata.Labels is null or { Count: 0 })
            {
                context.Object.Metadata.Annotations ??= new Dictionary<string, string>();
                context.Object.Metadata.Annotations["note"] = context.Object.Metadata.Annotations.TryGetValue("note", out var note) ? note + "!" : "unlabelled";
            }

            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureIdempotentAsync(Review));

        AssertLines(
            exception,
            "  ~ /metadata/annotations/note: \"unlabelled\" -> \"unlabelled!\"",
            """  {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default"}}""");
    }

    [Fact]
    public async Task ReinvocationSafe_DropsALabel_IsCaught()
    {
        await using var host = await MutateAsync(context =>
        {
            context.Object.Metadata.Labels = new Dictionary<string, string> { ["team"] = "shop" };
            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureReinvocationSafeAsync(Review));

        AssertLines(
            exception,
            "The webhook does not get along with another mutator.",
            "  The webhook first, then the sibling, then the webhook again: the webhook undoes what the sibling did, which has to do it again:",
            "  + /metadata/labels/sibling.example.com~1ran: \"true\"");
    }

    [Fact]
    public async Task ReinvocationSafe_AnswersASiblingWithMore_IsCaught()
    {
        await using var host = await MutateAsync(context =>
        {
            var containers = context.Object.Spec.Containers;
            if (containers.Any(container => container.Name == "proxy"))
            {
                containers.Add(new V1Container { Name = $"proxy-{containers.Count}" });
            }

            return AdmissionResult.Allow();
        });
        static void AddProxy(JsonObject pod)
        {
            var containers = pod["spec"]!["containers"]!.AsArray();
            if (!containers.Any(container => container!["name"]!.GetValue<string>() == "proxy"))
            {
                containers.Add((JsonNode)new JsonObject { ["name"] = "proxy" });
            }
        }

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureReinvocationSafeAsync(AdmissionReviewBuilder.Create(Pods.Web()), AddProxy));

        Assert.Contains("the webhook still finds something to change", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepsUnknownFields_ReplacesAListWithItsModel_IsCaught()
    {
        await using var host = await ForeignAsync(pod =>
        {
            var typed = KubernetesJson.Deserialize<V1Pod>(pod.ToJsonString());
            typed.Spec.Containers[0].Image = "b";
            return [new JsonObject { ["op"] = "replace", ["path"] = "/spec/containers", ["value"] = JsonNode.Parse(KubernetesJson.Serialize(typed.Spec.Containers)) }];
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureKeepsUnknownFieldsAsync(Review, "/foreign"));

        AssertLines(
            exception,
            "The webhook does not keep fields that its model does not know.",
            "  Lost, or moved to another element:",
            "  /spec/containers/0/fieldFromTheFuture: was \"10000001\", now gone",
            """  {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default","fieldFromTheFuture":"10000000"},"spec":{"containers":[{"fieldFromTheFuture":"10000001"}],"fieldFromTheFuture":"10000002"},"fieldFromTheFuture":"10000003"}""");
    }

    [Fact]
    public async Task KeepsUnknownFields_OfAnElementThatIsRemoved_AreExcused()
    {
        await using var host = await MutateAsync(context =>
        {
            context.Object.Spec.Containers.RemoveAt(0);
            return AdmissionResult.Allow();
        });
        var pod = Pods.Web();
        pod.Spec.Containers.Add(new V1Container { Name = "second", Image = "x" });

        await host.EnsureKeepsUnknownFieldsAsync(AdmissionReviewBuilder.Create(pod));
    }

    [Fact]
    public async Task NoPatchOnDelete_EditsWhatIsDeleted_IsCaught()
    {
        await using var host = await MutateAsync(context =>
        {
            (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["seen"] = "yes";
            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureNoPatchOnDeleteAsync(Review));

        Assert.StartsWith("The webhook does harm on DELETE.", exception.Message, StringComparison.Ordinal);
        AssertLines(exception, "  DELETE pods default/web by admin", """  {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default"}}""");
    }

    [Fact]
    public async Task DryRunDecidesTheSame_SkipsOnDryRun_IsCaught()
    {
        await using var host = await MutateAsync(context =>
        {
            if (!context.DryRun)
            {
                (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["seen"] = "yes";
            }

            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureDryRunDecidesTheSameAsync(Review));

        AssertLines(
            exception,
            "The webhook's dry run is not what it should be.",
            "  From dry run to real, the outcome differs:",
            "  CREATE pods default/web by admin (dry run)");
    }

    [Fact]
    public async Task DryRunDecidesTheSame_SideEffect_IsCaughtByTheProbe()
    {
        var written = 0;
        await using var host = await MutateAsync(_ =>
        {
            Interlocked.Increment(ref written);
            return AdmissionResult.Allow();
        });

        await host.EnsureDryRunDecidesTheSameAsync(Review);
        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureDryRunDecidesTheSameAsync(Review, () => Volatile.Read(ref written)));

        Assert.Contains("The dry run had a side effect: the probe said ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deterministic_CountsItsCalls_IsCaught()
    {
        var calls = 0;
        await using var host = await MutateAsync(context =>
        {
            context.Warn($"call {Interlocked.Increment(ref calls)}");
            return AdmissionResult.Allow();
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureDeterministicAsync(Review));

        Assert.Contains("The same review sent again got another response:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("~ /warnings/0: \"call ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SurvivesMissingFields_NeedsLabels_IsCaught()
    {
        await using var host = await MutateAsync(context =>
        {
            context.Object.Metadata.Labels["seen"] = "yes";
            return AdmissionResult.Allow();
        });
        var review = AdmissionReviewBuilder.Create(Pods.Web());

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureSurvivesMissingFieldsAsync(review));

        AssertLines(
            exception,
            "The webhook does not survive a missing field.",
            "  CREATE pods shop/web by kubernetes-admin",
            """  {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"shop"}}""");
        Assert.Contains("NullReferenceException", exception.Message, StringComparison.Ordinal);
        await host.EnsureSurvivesMissingFieldsAsync(review, required: ["/metadata/labels"]);
    }

    [Fact]
    public async Task SurvivesLargeObjects_GivesUpAtASize_IsCaughtWithTheSize()
    {
        await using var host = await MutateAsync(context =>
            context.Object.Metadata.Annotations?.Sum(annotation => annotation.Value.Length) > 100_000
                ? AdmissionResult.Fail("too much")
                : AdmissionResult.Allow());

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureSurvivesLargeObjectsAsync(AdmissionReviewBuilder.Create(Pods.Web())));

        var line = Assert.Single(exception.Message.Split('\n'), text => text.StartsWith("  That is with ", StringComparison.Ordinal));
        Assert.InRange(int.Parse(line.Split(' ')[5]), 100_001, 101_000);
    }

    [Fact]
    public async Task InTime_TakesLongerThanItsTimeout_IsCaught()
    {
        var time = new FakeTimeProvider();
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(time);
            services.AddAdmissionWebhooks().AddMutator<V1Pod>(Name, _ =>
            {
                time.Advance(TimeSpan.FromSeconds(6));
                return AdmissionResult.Allow();
            });
        });

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureInTimeAsync(Review));

        Assert.Contains("The webhook took 6 s, its timeout is 5 s", exception.Message, StringComparison.Ordinal);
    }

    private static Task<AdmissionTestHost> MutateAsync(Func<MutationContext<V1Pod>, AdmissionResult> handler) =>
        AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddMutator(Name, handler, rule => rule.On(Operations.All)));

    /// <summary>A webhook that somebody wrote without the SDK.</summary>
    private static Task<AdmissionTestHost> ForeignAsync(Func<JsonObject, JsonArray> patch) => AdmissionTestHost.StartAsync(
        services => services.AddAdmissionWebhooks(),
        app => app.MapPost("/foreign", async (HttpRequest http) =>
        {
            var request = (await JsonNode.ParseAsync(http.Body))!["request"]!;
            var response = new JsonObject { ["uid"] = request["uid"]!.GetValue<string>(), ["allowed"] = true };
            response["patchType"] = "JSONPatch";
            response["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch(request["object"]!.AsObject()).ToJsonString()));
            var review = new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = "admission.k8s.io/v1", ["response"] = response };
            return Results.Text(review.ToJsonString(), "application/json");
        }));

    private static void AssertLines(AdmissionTestException exception, params string[] lines)
    {
        var actual = exception.Message.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.All(lines, line => Assert.True(actual.Contains(line), $"No line\n{line}\nin\n{exception.Message}"));
    }
}

using System.Text.Json.Nodes;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing.Checks;
using AdmissionSdk.Testing.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using static AdmissionSdk.Testing.Tests.Checks.Support.PropertyHost;

namespace AdmissionSdk.Testing.Tests.Checks;

/// <summary>Properties let good webhooks pass, and catch planted bugs with a counterexample that a person understands.</summary>
/// <remarks>Covers <see cref="AdmissionProperties"/>, <see cref="FieldVariants"/>, <see cref="Places"/>, <see cref="PropertyRunner"/>, <see cref="ReinvocationCheck"/>, <see cref="Shrinker"/>, <see cref="UnknownFieldsCheck"/>, <see cref="IdempotencyCheck"/>, <see cref="DeleteCheck"/>, <see cref="AdmissionSdk.Testing.Hosting.WebhookTarget"/>.</remarks>
public sealed class AdmissionPropertiesTests
{
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
            rule => rule.On(Operations.Any)));

        await host.EnsureWellBehavedAsync(Review);
    }

    [Fact]
    public async Task AboutPatches_DeniedReview_SaysNothingAndFails()
    {
        // A review that is not allowed would make the properties green for every webhook.
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
    public async Task ReinvocationSafe_AddsAfterEachSibling_IsCaught()
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

    // The API server sends a DELETE only by a rule on DELETE of the very resource.
    public static TheoryData<string, Action<ValidatingWebhookBuilder>> WithoutDeletionOfPods => new()
    {
        { "another resource", webhook => webhook.Handle<V1Namespace>(Never, rule => rule.On(Operations.Delete)).Handle<PodExecOptions>(Never) },
        { "a subresource", webhook => webhook.Handle<JsonObject>(Never, rule => rule.On(Operations.Any).Resource("", "v1", "pods", "eviction")) },
        { "another scope", webhook => webhook.Handle<JsonObject>(Never, rule => rule.On(Operations.Any).Resource("*", "*", "*").Scope(ResourceScope.Cluster)) },
        { "another version", webhook => webhook.Handle<JsonObject>(Never, rule => rule.On(Operations.Any).Resource("", "v2", "pods")) },
        { "no deletion at all", webhook => webhook.Handle<V1Namespace>(Never) },
    };

    [Theory]
    [MemberData(nameof(WithoutDeletionOfPods))]
    public async Task WellBehaved_DeletionThatIsNeverSent_IsNotJudged(string what, Action<ValidatingWebhookBuilder> others)
    {
        Assert.NotEmpty(what);
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddValidatingWebhook(Name, webhook =>
        {
            webhook.Handle<V1Pod>(_ => AdmissionResult.Allow());
            others(webhook);
        }));

        await host.EnsureNoPatchOnDeleteAsync(Review);
        await host.EnsureWellBehavedAsync(Review);
    }

    [Fact]
    public async Task NoPatchOnDelete_SubresourceWithTheObject_JudgesTheDeletionOfTheObject()
    {
        await using var host = await MutateAsync(EditEverything);

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureNoPatchOnDeleteAsync(Review.WithSubresource("status")));

        AssertLines(exception, "  DELETE pods default/web by admin");
    }

    [Fact]
    public async Task NoPatchOnDelete_WhatIsNeverDeleted_IsNotJudged()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddMutator<JsonObject>(
            Name, _ => throw new InvalidOperationException("never sent"), rule => rule.On(Operations.Any).Resource("*", "*", "*", "*")));

        await host.EnsureNoPatchOnDeleteAsync(AdmissionReviewBuilder.Connect(new PodExecOptions { Command = ["ls"] }, "web"));
        await host.EnsureNoPatchOnDeleteAsync(AdmissionReviewBuilder.Create(new V1Eviction { Metadata = new V1ObjectMeta { Name = "web" } }));
        await host.EnsureNoPatchOnDeleteAsync(AdmissionReviewBuilder.Create(new V1TokenReview { Spec = new V1TokenReviewSpec { Token = "t" } }));
    }

    [Fact]
    public async Task DryRunDecidesTheSame_Connection_IsNotJudged()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddValidator<PodExecOptions>(
            Name, context => context.DryRun ? AdmissionResult.Deny("never sent") : AdmissionResult.Allow()));

        await host.EnsureDryRunDecidesTheSameAsync(AdmissionReviewBuilder.Connect(new PodExecOptions { Command = ["ls"] }, "web"));
    }

    [Fact]
    public async Task ReinvocationSafe_ValidatingWebhook_IsCalledOnceAndNotJudged()
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddValidator<V1Pod>(
            Name, context => context.Object.Spec?.Containers?.Any(container => container.Name == "sibling") == true ? AdmissionResult.Deny("not approved") : AdmissionResult.Allow()));

        await host.EnsureReinvocationSafeAsync(Review);
    }

    [Fact]
    public async Task ReinvocationSafe_UpdateOfAPod_GetsNoContainersThatNobodyCanAdd()
    {
        await using var host = await MutateAsync(context =>
            context.Object.Spec?.Containers?.Any(container => container.Name == "sibling") == true ? AdmissionResult.Deny("never sent") : AdmissionResult.Allow());

        await host.EnsureReinvocationSafeAsync(AdmissionReviewBuilder.Update(Pods.Web(), Pods.Web()));
        await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureReinvocationSafeAsync(Review));
    }

    [Fact]
    public async Task NoPatchOnDelete_EditsWhatIsDeleted_IsCaught()
    {
        await using var host = await MutateAsync(EditEverything);

        var exception = await Assert.ThrowsAsync<AdmissionTestException>(() => host.EnsureNoPatchOnDeleteAsync(Review));

        Assert.StartsWith("The webhook does harm on DELETE.", exception.Message, StringComparison.Ordinal);
        AssertLines(exception, "  DELETE pods default/web by admin", """  {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default"}}""");
    }

    private static AdmissionResult EditEverything(MutationContext<V1Pod> context)
    {
        (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["seen"] = "yes";
        return AdmissionResult.Allow();
    }

    private static AdmissionResult Never<T>(ValidationContext<T> context)
        where T : class => throw new InvalidOperationException($"{context.Operation} was never to be sent.");
}

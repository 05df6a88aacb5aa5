using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Deletes of more than one step, and of many objects (contract 1.9, 1.10, 4.8, section 5).</summary>
internal static class DeleteScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        Delete("Foreground leaves the object to the garbage collector", DeleteMap() with { PropagationPolicy = "Foreground" }),
        Delete("Orphan leaves the object to the garbage collector", DeleteMap() with { PropagationPolicy = "Orphan" }),
        Delete("Background does not", DeleteMap() with { PropagationPolicy = "Background", GracePeriodSeconds = 5 }),
        Scenario("1.9", "a finalizer of the garbage collector is taken away with two reviews", [Validating("v", Reply.Allow)], DeleteMap() with { PropagationPolicy = "Background" })
            with { Before = [CreateMap(metadata: "\"finalizers\":[\"orphan\"]")] },
        Scenario("1.9", "a dry delete of a pod on no node is one review", [Validating("v", Reply.Allow, On("DELETE", "", "v1", "pods"))],
            new Step(Verb.Delete, KindInfo.Pod, "p", "") { DryRun = true, ReadBack = true }) with { Before = [CreatePod()] },
        Scenario("1.9", "a grace period of zero on a node is two reviews", [Validating("v", Reply.Allow, On("DELETE", "", "v1", "pods"))],
            new Step(Verb.Delete, KindInfo.Pod, "p", "") { GracePeriodSeconds = 0, ReadBack = true }) with { Before = [CreatePod(spec: ",\"nodeName\":\"n\"")] },
        Scenario("1.10", "a shorter grace period is a review of its own", [Validating("v", Reply.Allow, On("DELETE", "", "v1", "pods"))],
            new Step(Verb.Delete, KindInfo.Pod, "p", "") { GracePeriodSeconds = 20 }, new Step(Verb.Delete, KindInfo.Pod, "p", "") { GracePeriodSeconds = 10 }, new Step(Verb.Delete, KindInfo.Pod, "p", "") { GracePeriodSeconds = 15 })
            with { Before = [CreatePod(spec: ",\"nodeName\":\"n\"")] },
        Scenario("5", "a Namespace stays terminating and takes nothing new", [Validating("v", Reply.Allow, On("DELETE", "", "v1", "namespaces")), Validating("w", Reply.Allow)],
            new Step(Verb.Delete, KindInfo.Namespace, "$NS", ""), new Step(Verb.Delete, KindInfo.Namespace, "$NS", ""), CreateMap()),
        Scenario("5", "a Namespace that everything needs is not deleted", [Validating("v", Reply.Allow, On("DELETE", "", "v1", "namespaces"))], new Step(Verb.Delete, KindInfo.Namespace, "kube-system", "")),
        Scenario("10.1", "a denial within a collection", [Validating("v", call => ((string?)call.Request["oldObject"]!["metadata"]!["name"] == "b" ? Reply.Deny("""{"message":"not b"}""") : Reply.Allow)(call))],
            new Step(Verb.DeleteCollection, KindInfo.ConfigMap, "", ""), new Step(Verb.Get, KindInfo.ConfigMap, "b", "")) with { Before = [CreateMap("a"), CreateMap("b")] },
    ];

    private static Scenario Delete(string title, Step step) => Scenario("5", title, [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], step) with { Before = [CreateMap()] };
}

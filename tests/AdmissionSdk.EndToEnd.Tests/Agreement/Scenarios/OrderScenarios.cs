using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>The occasions, order and number of webhook calls (contract 1).</summary>
internal static class OrderScenarios
{
    private const string AddLabel = """[{"op":"add","path":"/metadata/labels","value":{"bad":"a b"}}]""";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("1.1", "create calls both phases", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], CreateMap()),
        Scenario("1.1", "update calls both phases", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], UpdateMap()) with { Before = [CreateMap()] },
        Scenario("1.1", "patch is an UPDATE", [Mutating("m", Reply.Allow)], new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"data":{"k":"x"}}""")) with { Before = [CreateMap()] },
        Scenario("1.1", "delete calls both phases", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], DeleteMap()) with { Before = [CreateMap()] },
        Scenario("1.1", "reads call nothing", [Mutating("m", Reply.Allow)], new Step(Verb.Get, KindInfo.ConfigMap, "m", "")) with { Before = [CreateMap()] },
        Scenario("1.2", "an invalid object never reaches validating webhooks", [Mutating("m", Reply.Patch(AddLabel)), Validating("v", Reply.Allow)], CreateMap())
            with { MessageUpTo = "ConfigMap \"m\" is invalid: metadata.labels: Invalid value: \"a b\"" },
        Scenario("1.2", "an existing name is found after all webhooks", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], CreateMap()) with { Before = [CreateMap()] },
        Scenario("1.3", "a PUT of an absent ConfigMap is 404", [Mutating("m", Reply.Allow)], UpdateMap()),
        Scenario("1.3", "a PUT that creates is a CREATE", [Mutating("m", Reply.Allow, On("*", "coordination.k8s.io", "v1", "leases"))],
            new Step(Verb.Update, KindInfo.Lease, "l", """{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"l"},"spec":{"holderIdentity":"x"}}""")),
        Scenario("1.3", "an apply that creates is a CREATE", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], new Step(Verb.Apply, KindInfo.ConfigMap, "m", Map("m"))),
        Scenario("1.3", "an apply of an existing object is an UPDATE", [Mutating("m", Reply.Allow)], new Step(Verb.Apply, KindInfo.ConfigMap, "m", Map("m", data: """{"n":"1"}""")))
            with { Before = [CreateMap()] },
        Scenario("1.3", "a stale resourceVersion is found after mutation", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], UpdateMap(metadata: "\"resourceVersion\":\"1\"")) with { Before = [CreateMap()] },
        Scenario("1.5", "webhook configurations are exempt", [Mutating("m", Reply.Allow, On("*", "*", "*", "*/*")), Validating("v", Reply.Deny("{}"), On("*", "*", "*", "*/*"))],
            new Step(Verb.Create, KindInfo.WebhookConfiguration, "$NS", """{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","metadata":{"name":"$NS"}}"""),
            new Step(Verb.Delete, KindInfo.WebhookConfiguration, "$NS", "") { ReadBack = true }),
        Scenario("1.6", "an access review reaches webhooks before 1.37", [Validating("v", Reply.Deny("""{"message":"no"}"""), On("*", "authorization.k8s.io", "*", "*"))],
            new Step(Verb.Create, KindInfo.AccessReview, "", """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"nonResourceAttributes":{"path":"/","verb":"get"}},"status":{"allowed":false}}""")),
        Scenario("1.6", "a token review reaches webhooks before 1.37", [Mutating("m", Reply.Deny("""{"message":"no"}"""), On("*", "*", "*", "tokenreviews"))],
            new Step(Verb.Create, KindInfo.TokenReview, "", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"x"},"status":{"user":{}}}""")),
        Scenario("1.7", "configurations go by name, entries by position", [
            Mutating("first", Reply.Allow, configuration: "b.hooks"), Mutating("second", Reply.Allow, configuration: "b.hooks"), Mutating("third", Reply.Allow, configuration: "a.hooks")], CreateMap()),
        Scenario("1.7", "names are compared byte by byte", [
            Mutating("dot", Reply.Allow, configuration: "a.b"), Mutating("dash", Reply.Allow, configuration: "a-b.hooks"), Mutating("digit", Reply.Allow, configuration: "a1.hooks")], CreateMap()),
        Scenario("1.7", "each sees the last one's patch", [
            Mutating("one", Reply.Patch("""[{"op":"add","path":"/data/one","value":"1"}]""")),
            Mutating("two", Reply.Patch("""[{"op":"copy","from":"/data/one","path":"/data/two"}]"""))], CreateMap()),
        Scenario("1.7", "a denial ends the mutating phase", [Mutating("one", Reply.Deny("""{"message":"no"}""")), Mutating("two", Reply.Allow), Validating("v", Reply.Allow)], CreateMap()),
        Scenario("1.8", "every validating webhook is called though one denies", [Validating("one", Reply.Deny("""{"message":"no"}""")), Validating("two", Reply.Allow), Validating("three", Reply.Allow)], CreateMap()),
        Scenario("1.9", "a pod on no node is deleted with two reviews", [Mutating("m", Reply.Allow, On("DELETE", "", "v1", "pods")), Validating("v", Reply.Allow, On("DELETE", "", "v1", "pods"))],
            new Step(Verb.Delete, KindInfo.Pod, "p", "") { ReadBack = true }) with { Before = [CreatePod()] },
        Scenario("1.9", "a pod on a node is deleted gracefully with one review", [Validating("v", Reply.Allow, On("DELETE", "", "v1", "pods"))],
            new Step(Verb.Delete, KindInfo.Pod, "p", "")) with { Before = [CreatePod(spec: ",\"nodeName\":\"n\"")] },
        Scenario("1.10", "a second delete of a terminating pod makes no review", [Validating("v", Reply.Allow, On("DELETE", "", "v1", "pods"))],
            new Step(Verb.Delete, KindInfo.Pod, "p", ""), new Step(Verb.Delete, KindInfo.Pod, "p", "")) with { Before = [CreatePod(spec: ",\"nodeName\":\"n\"")] },
        Scenario("1.10", "the last finalizer's removal deletes without a DELETE review", [Validating("v", Reply.Allow)],
            DeleteMap(), new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"metadata":{"finalizers":null}}""") { ReadBack = true })
            with { Before = [CreateMap(metadata: "\"finalizers\":[\"example.com/f\"]")] },
        Scenario("1.10", "a binding changes the pod without an UPDATE review", [Validating("v", Reply.Allow, On("*", "", "v1", "pods/*"))],
            new Step(Verb.Create, KindInfo.Pod, "p", """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}""") { Subresource = "binding" }) with { Before = [CreatePod()] },
        Scenario("1.10", "an eviction deletes the pod without a DELETE review", [Mutating("m", Reply.Allow, On("*", "", "v1", "pods/*")), Validating("v", Reply.Allow, On("*", "", "v1", "pods/*"))],
            new Step(Verb.Create, KindInfo.Pod, "p", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""") { Subresource = "eviction", ReadBack = true }) with { Before = [CreatePod()] },
    ];
}

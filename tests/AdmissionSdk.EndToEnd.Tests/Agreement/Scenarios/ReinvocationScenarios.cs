using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using k8s.Models;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>The second pass (contract 14).</summary>
internal static class ReinvocationScenarios
{
    private static readonly Func<ScenarioCall, Reply> NoChange = Reply.Patch("""[{"op":"replace","path":"/data/k","value":"v"}]""");

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("14.1", "a later change makes an IfNeeded webhook due", [Mutating("one", Reply.Allow, IfNeeded), Mutating("two", Set("two"))], CreateMap()),
        Scenario("14.1", "Never is never due", [Mutating("one", Reply.Allow), Mutating("two", Set("two"))], CreateMap()),
        Scenario("14.1", "its own change makes no webhook due", [Mutating("one", Set("one"), IfNeeded)], CreateMap()),
        Scenario("14.1", "an earlier change makes no webhook due", [Mutating("one", Set("one")), Mutating("two", Reply.Allow, IfNeeded)], CreateMap()),
        Scenario("14.1", "no change, no second pass", [Mutating("one", Reply.Allow, IfNeeded), Mutating("two", Reply.Allow, IfNeeded)], CreateMap()),
        Scenario("14.1", "a failed-open webhook is due too", [Mutating("one", Reply.Http(500), webhook => (webhook.ReinvocationPolicy, webhook.FailurePolicy) = ("IfNeeded", "Ignore")), Mutating("two", Set("two"))], CreateMap()),
        Scenario("14.1", "two that change are due as the last one says", [Mutating("one", Set("one"), IfNeeded), Mutating("two", Set("two"), IfNeeded)], CreateMap()),
        Scenario("14.2", "a change in the second pass makes later ones due only", [
            Mutating("one", Reply.Allow, IfNeeded), Mutating("two", Reply.InTurn(Set("two"), Set("again")), IfNeeded), Mutating("three", Set("three"), IfNeeded)], CreateMap()),
        Scenario("14.2", "there is no third pass", [
            Mutating("one", Reply.InTurn(Set("a"), Set("b"), Set("c")), IfNeeded), Mutating("two", Reply.InTurn(Set("d"), Set("e"), Set("f")), IfNeeded)], CreateMap()),
        Scenario("14.3", "a webhook that did not match at first is not called in the second pass", [
            Mutating("one", Reply.Allow, webhook => (webhook.ReinvocationPolicy, webhook.ObjectSelector) = ("IfNeeded", Exists("late"))),
            Mutating("two", Reply.Patch("""[{"op":"add","path":"/metadata/labels","value":{"late":""}}]"""))], CreateMap()),
        Scenario("14.3", "a webhook that no longer matches is not called again", [
            Mutating("one", Reply.Allow, webhook => (webhook.ReinvocationPolicy, webhook.ObjectSelector) = ("IfNeeded", Exists("early"))),
            Mutating("two", Reply.Patch("""[{"op":"replace","path":"/metadata/labels","value":{}}]"""))], CreateMap(metadata: """ "labels":{"early":""} """)),
        Scenario("14.4", "the first patch of a new object is a change even without effect", [Mutating("one", Reply.Allow, IfNeeded), Mutating("two", NoChange)], CreateMap()),
        Scenario("14.4", "a later patch without effect is no change", [Mutating("one", NoChange), Mutating("two", Reply.Allow, IfNeeded), Mutating("three", NoChange)], CreateMap()),
        Scenario("14.4", "the first patch of an update that sets a field is a change even without effect", [Mutating("one", Reply.Allow, IfNeeded), Mutating("two", NoChange)],
            new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"data":{"n":"x"}}""")) with { Before = [CreateMap()] },
        Scenario("14.4", "a patch without effect is no change of an update that sets nothing", [Mutating("one", Reply.Allow, IfNeeded), Mutating("two", NoChange)],
            new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"data":{"n":null}}""")) with { Before = [CreateMap(data: """{"k":"v","n":"x"}""")] },
        Scenario("14.4", "a patch without effect is no change of an object that is only a name", [
            Mutating("one", Reply.Allow, Both(On("*", "", "v1", "serviceaccounts"), IfNeeded)), Mutating("two", Reply.Patch("""[{"op":"replace","path":"/metadata/name","value":"s"}]"""), On("*", "", "v1", "serviceaccounts"))],
            new Step(Verb.Create, KindInfo.ServiceAccount, "s", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"s"}}""")),
        Scenario("14.4", "the first patch of a Scale is a change even without effect", [
            Mutating("one", Reply.Allow, Both(On("*", "agreement.example.com", "v1", "widgets/scale"), IfNeeded)), Mutating("two", Reply.Patch("""[{"op":"replace","path":"/spec/replicas","value":3}]"""), On("*", "agreement.example.com", "v1", "widgets/scale"))],
            PatchWidget("""{"spec":{"replicas":3}}""", "scale")) with { Before = [CreateWidget()] },
        Scenario("14.4", "the first patch of a binding is a change even without effect", [
            Mutating("one", Reply.Allow, Both(On("*", "", "v1", "pods/binding"), IfNeeded)), Mutating("two", Reply.Patch("""[{"op":"replace","path":"/target/name","value":"n"}]"""), On("*", "", "v1", "pods/binding"))],
            new Step(Verb.Create, KindInfo.Pod, "p", """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}""") { Subresource = "binding" }) with { Before = [CreatePod()] },
        Scenario("14.4", "a patch without effect is no change of a custom resource", [
            Mutating("one", Reply.Allow, Both(OnWidgets(), IfNeeded)), Mutating("two", Reply.Patch("""[{"op":"replace","path":"/spec/color","value":"blue"}]"""), OnWidgets())], CreateWidget()),
        Scenario("14.4", "an empty map is no change of a typed object", [Mutating("one", NoChange), Mutating("two", Reply.Allow, IfNeeded), Mutating("three", Reply.Patch("""[{"op":"add","path":"/binaryData","value":{}}]"""))], CreateMap()),
        Scenario("14.4", "an empty map is a change of a custom resource", [
            Mutating("one", Reply.Allow, Both(OnWidgets(), IfNeeded)), Mutating("two", Reply.Patch("""[{"op":"add","path":"/spec/free","value":{}}]"""), OnWidgets())], CreateWidget()),
        Scenario("14.4", "removing a default is a change", [
            Mutating("one", Reply.Allow, Both(OnWidgets(), IfNeeded)), Mutating("two", Reply.Patch("""[{"op":"remove","path":"/spec/color"}]"""), OnWidgets())], CreateWidget()),
        Scenario("14.2", "reinvocation on update", [Mutating("one", Reply.Allow, IfNeeded), Mutating("two", Set("two")), Validating("v", Reply.Allow)], UpdateMap()) with { Before = [CreateMap()] },
    ];

    private static void IfNeeded(V1MutatingWebhook webhook) => webhook.ReinvocationPolicy = "IfNeeded";

    private static Action<V1MutatingWebhook> Both(Action<V1MutatingWebhook> first, Action<V1MutatingWebhook> second) => webhook =>
    {
        first(webhook);
        second(webhook);
    };

    private static Func<ScenarioCall, Reply> Set(string key) => Reply.Patch($$"""[{"op":"add","path":"/data/{{key}}","value":"x"}]""");
}

using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Treatment of a patched object: decoding, defaults, pruning, metadata (contract 13).</summary>
internal static class AfterPatchScenarios
{
    private const string Owner = """{"apiVersion":"v1","kind":"ConfigMap","name":"o","uid":"00000000-0000-0000-0000-000000000001"}""";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Map("13.1", "an unknown field of a typed object vanishes", """[{"op":"add","path":"/unknown","value":{"a":1}}]"""),
        Map("13.1", "a wrong type fails even under Ignore", """[{"op":"add","path":"/data/n","value":5}]""", Ignore) with { MessageUpTo = "Internal error occurred: " },
        Map("13.1", "a kind that there is not fails even under Ignore", """[{"op":"replace","path":"/kind","value":"Confusion"}]""", Ignore),
        Map("13.1", "a version that there is not fails even under Ignore", """[{"op":"replace","path":"/apiVersion","value":"v7"}]""", Ignore),
        Map("13.1", "another kind cannot be converted back", """[{"op":"replace","path":"/kind","value":"Secret"},{"op":"remove","path":"/data"}]"""),
        Widget("13.1", "another kind of a custom resource is invalid", """[{"op":"replace","path":"/kind","value":"Gadget"}]"""),
        Widget("13.1", "another group of a custom resource cannot be converted back", """[{"op":"replace","path":"/apiVersion","value":"other.example.com/v1"}]"""),
        Widget("13.1", "another version of a custom resource is converted back", """[{"op":"replace","path":"/apiVersion","value":"agreement.example.com/v1beta1"}]"""),
        Scenario("13.2", "defaults are set after each patch", [
            Mutating("one", Reply.Patch("""[{"op":"add","path":"/spec/parts","value":[{"name":"p"}]}]"""), OnWidgets()),
            Mutating("two", Reply.Patch("""[{"op":"test","path":"/spec/parts/0/size","value":7},{"op":"replace","path":"/spec/parts/0/size","value":8}]"""), OnWidgets())], CreateWidget()),
        Scenario("13.2", "a removed default comes back", [Mutating("m", Reply.Patch("""[{"op":"remove","path":"/spec/color"}]"""), OnWidgets())], CreateWidget("""{"color":"red"}""")),
        Scenario("13.3", "an unknown field of a custom resource is seen and then pruned", [
            Mutating("one", Reply.Patch("""[{"op":"add","path":"/spec/unknown","value":"x"}]"""), OnWidgets()),
            Mutating("two", Reply.Patch("""[{"op":"copy","from":"/spec/unknown","path":"/spec/color"}]"""), OnWidgets()),
            Validating("v", call => (call.Request["object"]!["spec"]!["unknown"] is null ? Reply.Deny("""{"message":"gone"}""") : Reply.Allow)(call), OnWidgets())],
            CreateWidget() with { ReadBack = true }),
        Map("13.5", "uid and creationTimestamp are overwritten", """[{"op":"add","path":"/metadata/uid","value":"u"},{"op":"add","path":"/metadata/creationTimestamp","value":"2020-01-01T00:00:00Z"}]"""),
        Map("13.5", "another namespace is refused", """[{"op":"replace","path":"/metadata/namespace","value":"elsewhere"}]"""),
        Map("13.5", "another name is stored, the request's name stays", """[{"op":"replace","path":"/metadata/name","value":"other"}]"""),
        Map("13.5", "a resourceVersion is an error", """[{"op":"add","path":"/metadata/resourceVersion","value":"7"}]"""),
        Scenario("13.5", "a new object's status is dropped", [Mutating("m", Reply.Patch("""[{"op":"add","path":"/status","value":{"x":2}}]"""), OnWidgets())], CreateWidget(rest: ",\"status\":{\"x\":1}")),
        Update("13.6", "creationTimestamp is restored", """[{"op":"replace","path":"/metadata/creationTimestamp","value":"2020-01-01T00:00:00Z"}]"""),
        Update("13.6", "another name is refused", """[{"op":"replace","path":"/metadata/name","value":"other"}]"""),
        Update("13.6", "another uid is refused", """[{"op":"replace","path":"/metadata/uid","value":"00000000-0000-0000-0000-000000000009"}]"""),
        Update("13.6", "another namespace is refused", """[{"op":"replace","path":"/metadata/namespace","value":"elsewhere"}]"""),
        Scenario("13.6", "another resourceVersion is a conflict", [Mutating("m", Reply.Patch("""[{"op":"add","path":"/metadata/resourceVersion","value":"1"}]"""))], UpdateMap()) with { Before = [CreateMap()] },
        Scenario("13.6", "a custom resource is not updated without a resourceVersion", [Mutating("m", Reply.Allow, OnWidgets()), Validating("v", Reply.Allow, OnWidgets())],
            CreateWidget() with { Verb = Verb.Update }) with { Before = [CreateWidget()], MessageUpTo = "widgets.agreement.example.com \"w\" is invalid: metadata.resourceVersion: Invalid value: 0" },
        Scenario("13.6", "a user's merge patch of a stale resourceVersion is a conflict", [Mutating("m", Reply.Allow)], new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"metadata":{"resourceVersion":"1"},"data":{"k":"x"}}""")) with { Before = [CreateMap()] },
        Scenario("13.6", "a main update drops the status", [Mutating("m", Reply.Patch("""[{"op":"add","path":"/status","value":{"x":2}}]"""), OnWidgets())], PatchWidget("""{"spec":{"color":"red"}}"""))
            with { Before = [CreateWidget()] },
        Scenario("13.6", "a status update drops all but the status", [Mutating("m", Reply.Patch("""[{"op":"replace","path":"/spec/color","value":"red"}]"""), On("*", "agreement.example.com", "v1", "widgets/status"))],
            PatchWidget("""{"status":{"x":1},"spec":{"replicas":9}}""", "status")) with { Before = [CreateWidget()] },
        Scenario("13.6", "a deletionTimestamp cannot be removed", [Mutating("m", Reply.Patch("""[{"op":"remove","path":"/metadata/deletionTimestamp"},{"op":"add","path":"/data/x","value":"y"}]"""), On("UPDATE", "", "v1", "configmaps"))],
            DeleteMap(), new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"data":{"k":"x"}}"""), new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"metadata":{"finalizers":null}}""") { ReadBack = true })
            with { Before = [CreateMap(metadata: "\"finalizers\":[\"example.com/f\"]")] },
        Map("13.8", "equal owners are merged with a warning", $$"""[{"op":"add","path":"/metadata/ownerReferences","value":[{{Owner}},{{Owner}}]}]"""),
        Scenario("13", "a patch of a Pod", [Mutating("m", Reply.Patch("""[{"op":"replace","path":"/spec/containers/0/image","value":"registry.example.com/nginx:1.25"},{"op":"add","path":"/metadata/labels","value":{"a":"b"}}]"""), On("CREATE", "", "v1", "pods"))],
            CreatePod() with { ReadBack = true }),
        Scenario("13", "a Pod's image on update", [Mutating("m", Reply.Patch("""[{"op":"replace","path":"/spec/containers/0/image","value":"registry.example.com/nginx:1.26"}]"""), On("UPDATE", "", "v1", "pods"))],
            new Step(Verb.MergePatch, KindInfo.Pod, "p", """{"metadata":{"labels":{"a":"b"}}}""") { ReadBack = true }) with { Before = [CreatePod()] },
    ];

    private static Scenario Map(string rule, string title, string patch, Action<k8s.Models.V1MutatingWebhook>? change = null) =>
        Scenario(rule, title, [Mutating("m", Reply.Patch(patch), change), Validating("v", Reply.Allow)], CreateMap());

    private static Scenario Widget(string rule, string title, string patch) =>
        Scenario(rule, title, [Mutating("m", Reply.Patch(patch), OnWidgets()), Validating("v", Reply.Allow, OnWidgets())], CreateWidget());

    private static Scenario Update(string rule, string title, string patch) =>
        Scenario(rule, title, [Mutating("m", Reply.Patch(patch)), Validating("v", Reply.Allow)], new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"data":{"k":"w"}}""")) with { Before = [CreateMap()] };
}

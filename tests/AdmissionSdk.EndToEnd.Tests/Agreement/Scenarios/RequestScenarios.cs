using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>The content of a review (contract 4), and the object that goes with each request (contract 5).</summary>
internal static class RequestScenarios
{
    private static readonly Func<ScenarioCall, Reply> No = Reply.Deny("""{"message":"no"}""");
    private static readonly Step Generated = new(Verb.Create, KindInfo.ConfigMap, "", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"generated-"}}""");

    private const string Exec = """{"stdout":true,"stderr":true,"command":["ls"]}""";
    private static readonly Impersonation Impersonated = new("agreement-alice", ["system:masters"], new Dictionary<string, IReadOnlyList<string>> { ["scopes"] = ["one"], ["team"] = ["shop"] });

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Scenario("4.1", "a creation, byte for byte", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], CreateMap(metadata: "\"labels\":{\"a\":\"b\"}", data: """{"k":"<é>&\u2028\u0001"}""")) with { ShowsBytes = true },
        Scenario("4.2", "a deletion has null and not nothing", [Validating("v", Reply.Allow)], DeleteMap()) with { Before = [CreateMap()], ShowsBytes = true },
        Scenario("4.2", "a connection has null options", [Validating("v", No, On("CONNECT", "", "v1", "pods/exec"))], new Step(Verb.Connect, KindInfo.Pod, "x", Exec) { Subresource = "exec" })
            with { Before = [CreatePod("x")], ShowsBytes = true },
        Scenario("4.7", "an impersonated user", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], CreateMap() with { As = Impersonated }),
        Scenario("4.8", "a dry update carries its options", [Validating("v", Reply.Allow)], UpdateMap() with { DryRun = true, FieldManager = "agreement" }) with { Before = [CreateMap()] },
        Scenario("4.10", "v1beta1, byte for byte", [Mutating("m", Reply.Allow, webhook => webhook.AdmissionReviewVersions = ["v1beta1"])], CreateMap()) with { ShowsBytes = true },
        Scenario("5.2", "a patch changes the command of a connection", [
            Mutating("m", Reply.Patch("""[{"op":"replace","path":"/command/0","value":"true"}]"""), On("CONNECT", "", "v1", "pods/exec")), Validating("v", No, On("CONNECT", "", "v1", "pods/exec"))],
            new Step(Verb.Connect, KindInfo.Pod, "x", Exec) { Subresource = "exec" }) with { Before = [CreatePod("x")] },
        Scenario("6.1", "the path is cleaned", [Mutating("m", Reply.Allow, webhook => webhook.ClientConfig.Url = "https://127.0.0.1:9443//./m/")], CreateMap())
            with { ShowsBytes = true, EditedByHand = "m.agreement.example.com clientConfig" },
        Scenario("4.3", "the webhook's first known version wins", [Mutating("m", Reply.Allow, webhook => webhook.AdmissionReviewVersions = ["v1beta1", "v1"])], CreateMap()),
        Scenario("4.3", "unknown versions are passed over", [Mutating("m", Reply.Allow, webhook => webhook.AdmissionReviewVersions = ["v9", "v1", "v1beta1"])], CreateMap()),
        Scenario("4.6", "a generated name is absent in mutation and present in validation", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], Generated),
        Scenario("4.6", "a generated Namespace has no namespace", [Mutating("m", Reply.Allow, On("*", "", "v1", "namespaces")), Validating("v", Reply.Allow, On("*", "", "v1", "namespaces"))],
            new Step(Verb.Create, KindInfo.Namespace, "", """{"apiVersion":"v1","kind":"Namespace","metadata":{"generateName":"generated-"}}""") { DryRun = true }),
        Scenario("4.6", "the items of a collection have no name", [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], new Step(Verb.DeleteCollection, KindInfo.ConfigMap, "", ""))
            with { Before = [CreateMap("a"), CreateMap("b")] },
        Scenario("4.6", "a Namespace's namespace is its name", [Mutating("m", Reply.Allow, On("*", "", "v1", "namespaces")), Validating("v", Reply.Allow, On("*", "", "v1", "namespaces"))], CreateNamespace("$NS-x", """{"a":"b"}""") with { DryRun = true }),
        Scenario("4.8", "a JSON patch carries UpdateOptions", [Validating("v", Reply.Allow)], new Step(Verb.JsonPatch, KindInfo.ConfigMap, "m", """[{"op":"replace","path":"/data/k","value":"x"}]""")) with { Before = [CreateMap()] },
        Scenario("5", "a status update carries the whole object", [Validating("v", Reply.Allow, On("*", "agreement.example.com", "v1", "widgets/status"))], PatchWidget("""{"status":{"x":1}}""", "status")) with { Before = [CreateWidget()] },
        Scenario("5", "a scale request carries a Scale", [Mutating("m", Reply.Allow, On("*", "agreement.example.com", "v1", "widgets/scale")), Validating("v", Reply.Allow, On("*", "agreement.example.com", "v1", "widgets/*"))],
            PatchWidget("""{"spec":{"replicas":3}}""", "scale") with { ReadBack = true }) with { Before = [CreateWidget()] },
        Scenario("5", "a patch of a Scale is what is stored", [Mutating("m", Reply.Patch("""[{"op":"replace","path":"/spec/replicas","value":5}]"""), On("*", "agreement.example.com", "v1", "widgets/scale"))],
            PatchWidget("""{"spec":{"replicas":3}}""", "scale") with { ReadBack = true }) with { Before = [CreateWidget()] },
        Scenario("5", "a token request is a CREATE of its own kind", [Validating("v", No, On("*", "", "v1", "serviceaccounts/token"))],
            new Step(Verb.Create, KindInfo.ServiceAccount, "s", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":["x"],"expirationSeconds":3600,"boundObjectRef":null},"status":{"token":"","expirationTimestamp":null}}""") { Subresource = "token" })
            with { Before = [new Step(Verb.Create, KindInfo.ServiceAccount, "s", """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"s"}}""")] },
        Scenario("5", "a binding may be refused", [Validating("v", No, On("*", "", "v1", "pods/binding"))],
            new Step(Verb.Create, KindInfo.Pod, "p", """{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}""") { Subresource = "binding", ReadBack = true }) with { Before = [CreatePod()] },
        Scenario("5", "an eviction may be refused", [Validating("v", No, On("*", "", "v1", "pods/eviction"))],
            new Step(Verb.Create, KindInfo.Pod, "p", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""") { Subresource = "eviction", ReadBack = true }) with { Before = [CreatePod()] },
        Connect("exec", KindInfo.Pod, [CreatePod("x")]),
        Connect("attach", KindInfo.Pod, [CreatePod("x")]),
        Connect("portforward", KindInfo.Pod, [CreatePod("x")]),
        Connect("proxy", KindInfo.Pod, [CreatePod("x")]),
        Connect("proxy", KindInfo.Service, []),
        Connect("proxy", KindInfo.Node, []),
        Scenario("5", "an ephemeral container is an UPDATE of the Pod", [Validating("v", Reply.Allow, On("*", "", "v1", "pods/ephemeralcontainers"))],
            new Step(Verb.MergePatch, KindInfo.Pod, "p", """{"spec":{"ephemeralContainers":[{"name":"e","image":"b:1","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}]}}""") { Subresource = "ephemeralcontainers" })
            with { Before = [CreatePod()] },
        Scenario("5.3", "a patch on DELETE fails even under Ignore", [Mutating("m", Reply.Patch("""[{"op":"add","path":"/metadata/labels","value":{}}]"""), Ignore)], DeleteMap()) with { Before = [CreateMap()] },
        Scenario("5.3", "an empty patch on DELETE is none", [Mutating("m", Reply.Patch("[]"))], DeleteMap()) with { Before = [CreateMap()] },
    ];

    private static Scenario Connect(string subresource, KindInfo kind, Step[] before) =>
        Scenario("5", $"{kind.Plural}/{subresource} is a CONNECT without old object and options", [Validating("v", No, On("CONNECT", "", "v1", $"{kind.Plural}/{subresource}"))],
            new Step(Verb.Connect, kind, "x", subresource is "exec" ? Exec : subresource is "attach" ? """{"stdout":true,"stderr":true}""" : "{}") { Subresource = subresource }) with
        { Before = before };
}

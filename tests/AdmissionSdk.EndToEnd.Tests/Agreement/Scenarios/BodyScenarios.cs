using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Changes of the user's own object or patch before and besides admission (contract 1.2, 1.3, 13.8).</summary>
internal static class BodyScenarios
{
    private const string Owner = """{"apiVersion":"v1","kind":"ConfigMap","name":"o","uid":"00000000-0000-0000-0000-000000000001"}""";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        OfWidgets("unknown fields of a custom resource are gone before mutation", CreateWidget("""{"typo":1,"parts":[{"nmae":"x"}],"free":{"any":1}}""")),
        OfWidgets("nulls that may not be are gone before mutation", CreateWidget("""{"parts":null,"color":null}""")),
        OfWidgets("unknown metadata of a custom resource is gone before mutation", new Step(Verb.Create, KindInfo.Widget, "w", """{"apiVersion":"agreement.example.com/v1","kind":"Widget","metadata":{"name":"w","nmae":"x","labels":{}},"spec":{}}""")),
        OfWidgets("unknown fields in a merge patch are gone before mutation", PatchWidget("""{"spec":{"typo":1,"color":"red"}}""")) with { Before = [CreateWidget()] },
        OfWidgets("unknown fields in a JSON patch are gone before mutation", new Step(Verb.JsonPatch, KindInfo.Widget, "w", """[{"op":"add","path":"/spec/typo","value":1}]""")) with { Before = [CreateWidget()] },
        OfWidgets("Strict refuses unknown fields", CreateWidget("""{"typo":1}""") with { FieldValidation = "Strict" }),
        OfWidgets("Ignore says nothing of unknown fields", CreateWidget("""{"typo":1}""") with { FieldValidation = "Ignore" }),
        OfWidgets("Strict refuses a merge patch's unknown fields", PatchWidget("""{"spec":{"typo":1}}""") with { FieldValidation = "Strict" }) with { Before = [CreateWidget()], MessageUpTo = " \"\" is invalid: patch: Invalid value: \"{" },
        OfWidgets("apply cannot merge unknown fields", new Step(Verb.Apply, KindInfo.Widget, "w", """{"apiVersion":"agreement.example.com/v1","kind":"Widget","metadata":{"name":"w","namespace":"$NS"},"spec":{"typo":1}}""")),
        OfWidgets("options carry the field manager and fieldValidation", CreateWidget() with { FieldValidation = "Strict", FieldManager = "agreement" }),
        OfMaps("1.2", "a wrong type is refused before any webhook", CreateMap(data: """{"k":5}""")) with { MessageUpTo = "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: " },
        OfMaps("1.3", "a JSON patch that does not apply is refused without saying why", new Step(Verb.JsonPatch, KindInfo.ConfigMap, "m", """[{"op":"remove","path":"/data/absent"}]""")) with { Before = [CreateMap()] },
        OfMaps("13.8", "equal owners of the user are merged before mutation", CreateMap(metadata: $"\"ownerReferences\":[{Owner},{Owner},{Owner}]")),
        OfMaps("13.8", "equal owners in a PUT are merged before mutation", UpdateMap(metadata: $"\"ownerReferences\":[{Owner},{Owner}]")) with { Before = [CreateMap()] },
        OfMaps("13.8", "equal owners in a patch are merged after mutation", new Step(Verb.MergePatch, KindInfo.ConfigMap, "m", $$$"""{"metadata":{"ownerReferences":[{{{Owner}}},{{{Owner}}}]}}""")) with { Before = [CreateMap()] },
        OfMaps("2.5", "nothing can be created in a namespace that is not there", CreateMap() with { Namespace = "$NS-absent" }),
        Scenario("13.5", "a Node keeps the status it is registered with", [Mutating("m", Reply.Allow, On("CREATE", "", "v1", "nodes"))],
            new Step(Verb.Create, KindInfo.Node, "$NS", """{"apiVersion":"v1","kind":"Node","metadata":{"name":"$NS","labels":{"a":"b"}},"spec":{"taints":[{"key":"node.kubernetes.io/not-ready","effect":"NoSchedule"}]},"status":{"daemonEndpoints":{"kubeletEndpoint":{"Port":0}},"nodeInfo":{"machineID":"","systemUUID":"","bootID":"","kernelVersion":"","osImage":"","containerRuntimeVersion":"","kubeletVersion":"v1","kubeProxyVersion":"","operatingSystem":"","architecture":""}}}""") { DryRun = true }),
    ];

    private static Scenario OfWidgets(string title, Step step) => Scenario("1.2", title, [Mutating("m", Reply.Allow, OnWidgets()), Validating("v", Reply.Allow, OnWidgets())], step);

    private static Scenario OfMaps(string rule, string title, Step step) => Scenario(rule, title, [Mutating("m", Reply.Allow), Validating("v", Reply.Allow)], step);
}

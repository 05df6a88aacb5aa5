using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using k8s.Models;
using static AdmissionSdk.EndToEnd.Tests.Agreement.Support.Build;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;

/// <summary>Rules, selectors, equivalents (contract 2). The webhooks deny nothing; the transcript shows which webhooks are called.</summary>
internal static class MatchingScenarios
{
    private static readonly Dictionary<string, string> Team = new() { ["team"] = "a" };
    private static readonly Step ClusterRole = new(Verb.Create, KindInfo.ClusterRole, "$NS", """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"$NS"},"rules":null}""") { DryRun = true };
    private static readonly Step PatchTeam = new(Verb.MergePatch, KindInfo.ConfigMap, "m", """{"metadata":{"labels":{"team":null}}}""");

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Rules("2.1", "operation, group, version and resource must all match", [CreateMap()],
            ("create", "CREATE", "", "v1", "configmaps"), ("update", "UPDATE", "", "v1", "configmaps"), ("group", "CREATE", "apps", "v1", "configmaps"),
            ("resource", "CREATE", "", "v1", "secrets"), ("all", "*", "*", "*", "*")),
        Scenario("2.1", "another version does not match exactly", [Validating("v", Reply.Allow, Exactly("*", "", "v2", "configmaps")), Validating("w", Reply.Allow, Exactly("*", "", "*", "configmaps"))], CreateMap()),
        Scenario("2.1", "one of several rules is enough", [Validating("v", Reply.Allow, webhook => webhook.Rules = [ScenarioWebhook.Rule("UPDATE", "", "v1", "configmaps"), ScenarioWebhook.Rule("CREATE", "", "v1", "configmaps")])], CreateMap()) with { EditedByHand = "v.agreement.example.com rules" },
        Rules("2.2", "resource patterns on a main resource", [CreateMap()],
            ("star", "*", "", "v1", "*"), ("plain", "*", "", "v1", "configmaps"), ("sub", "*", "", "v1", "configmaps/*"), ("status", "*", "", "v1", "configmaps/status"), ("any", "*", "", "v1", "*/*"), ("anysub", "*", "", "v1", "*/status")),
        Rules("2.2", "resource patterns on a subresource", [PatchWidget("""{"status":{"x":1}}""", "status")],
            ("star", "*", "*", "*", "*"), ("plain", "*", "*", "*", "widgets"), ("sub", "*", "*", "*", "widgets/*"), ("status", "*", "*", "*", "widgets/status"), ("any", "*", "*", "*", "*/*"), ("anysub", "*", "*", "*", "*/status"), ("scale", "*", "*", "*", "*/scale"))
            with { Before = [CreateWidget()] },
        Scopes("2.3", "scope of a ConfigMap", CreateMap(), "", "configmaps"),
        Scopes("2.3", "scope of a Namespace", CreateNamespace("$NS-x") with { DryRun = true }, "", "namespaces"),
        Scopes("2.3", "scope of a ClusterRole", ClusterRole, "rbac.authorization.k8s.io", "clusterroles"),
        Scenario("2.4", "the namespace's labels decide", [Validating("yes", Reply.Allow, Selecting("team")), Validating("no", Reply.Allow, Selecting("other"))], CreateMap()) with { NamespaceLabels = Team },
        Scenario("2.4", "NotIn holds without the label", [Validating("notin", Reply.Allow, webhook => webhook.NamespaceSelector = NotIn("other", "x")), Validating("notinteam", Reply.Allow, webhook => webhook.NamespaceSelector = NotIn("team", "a"))],
            CreateMap()) with { NamespaceLabels = Team },
        Scenario("2.4", "cluster-scoped requests pass every namespaceSelector", [Validating("v", Reply.Allow, webhook =>
        {
            On("*", "rbac.authorization.k8s.io", "v1", "clusterroles")(webhook);
            webhook.NamespaceSelector = Exists("nobody-has-this");
        })], ClusterRole),
        Scenario("2.4", "a Namespace's own labels count when it is created", [Validating("v", Reply.Allow, NamespacesSelecting("team"))],
            CreateNamespace("$NS-x", """{"team":"a"}""") with { DryRun = true }, CreateNamespace("$NS-y") with { DryRun = true }),
        Scenario("2.4", "a Namespace's labels count as mutated", [Mutating("m", Reply.Patch("""[{"op":"add","path":"/metadata/labels/team","value":"a"}]"""), On("CREATE", "", "v1", "namespaces")), Validating("v", Reply.Allow, NamespacesSelecting("team"))],
            CreateNamespace("$NS-x", """{"l":"1"}""") with { DryRun = true }),
        Scenario("2.4", "a Namespace's new labels count when it is updated", [Validating("v", Reply.Allow, NamespacesSelecting("team"))],
            new Step(Verb.MergePatch, KindInfo.Namespace, "$NS", """{"metadata":{"labels":{"team":null}}}""") { DryRun = true }) with { NamespaceLabels = Team },
        Scenario("2.4", "a Namespace's stored labels count when it is deleted", [Validating("yes", Reply.Deny("""{"message":"no"}"""), NamespacesSelecting("team")), Validating("no", Reply.Allow, NamespacesSelecting("other"))],
            new Step(Verb.Delete, KindInfo.Namespace, "$NS", "")) with { NamespaceLabels = Team },
        Scenario("2.5", "a namespace selector in an unknown namespace", [Mutating("m", Reply.Allow, Selecting("team"))], CreateMap() with { Namespace = "$NS-absent" }),
        Scenario("2.6", "a namespace carries its own name as a label", [Validating("v", Reply.Allow, webhook => webhook.NamespaceSelector = Exists("kubernetes.io/metadata.name"))], CreateMap()),
        Scenario("2.7", "the object's labels decide", [Validating("yes", Reply.Allow, WhenLabelled("team")), Validating("no", Reply.Allow, WhenLabelled("other"))], CreateMap(metadata: """ "labels":{"team":"a"} """)),
        Scenario("2.7", "removing the label does not evade an update", [Validating("v", Reply.Allow, WhenLabelled("team"))], PatchTeam) with { Before = [CreateMap(metadata: """ "labels":{"team":"a"} """)] },
        Scenario("2.7", "a delete goes by the old object", [Validating("v", Reply.Allow, WhenLabelled("team"))], DeleteMap()) with { Before = [CreateMap(metadata: """ "labels":{"team":"a"} """)] },
        Scenario("2.7", "the object counts as patched so far", [
            Mutating("one", Reply.Patch("""[{"op":"add","path":"/metadata/labels","value":{"team":"a"}}]""")), Mutating("two", Reply.Allow, WhenLabelled("team")), Validating("v", Reply.Allow, WhenLabelled("team"))], CreateMap()),
        Scenario("2.7", "options of a connection never match", [Validating("v", Reply.Deny("""{"message":"no"}"""), On("CONNECT", "", "v1", "pods/*")), Validating("w", Reply.Allow, webhook =>
        {
            On("CONNECT", "", "v1", "pods/*")(webhook);
            webhook.ObjectSelector = NotIn("x", "y");
        })], new Step(Verb.Connect, KindInfo.Pod, "p", """{"stdout":true,"stderr":true,"command":["ls"]}""") { Subresource = "exec" }) with { Before = [CreatePod()] },
        Scenario("2.8", "another version matches by equivalence and is converted", [Mutating("m", Reply.Allow, On("*", "agreement.example.com", "v1beta1", "widgets"))], CreateWidget()),
        Scenario("2.8", "another version does not match exactly", [Mutating("m", Reply.Allow, Exactly("*", "agreement.example.com", "v1beta1", "widgets"))], CreateWidget()),
        Scenario("2.8", "a direct match goes before an equivalent", [Mutating("m", Reply.Allow, webhook => webhook.Rules = [ScenarioWebhook.Rule("*", "agreement.example.com", "v1beta1", "widgets"), ScenarioWebhook.Rule("*", "agreement.example.com", "v1", "widgets")])], CreateWidget())
            with { EditedByHand = "m.agreement.example.com rules" },
        Scenario("2.8", "a patch of the converted object reaches the original", [Mutating("m", Reply.Patch("""[{"op":"replace","path":"/spec/color","value":"red"}]"""), On("*", "agreement.example.com", "v1", "widgets"))],
            new Step(Verb.Create, KindInfo.WidgetBeta, "w", """{"apiVersion":"agreement.example.com/v1beta1","kind":"Widget","metadata":{"name":"w"},"spec":{}}""")),
        Scenario("2.8", "the old object is converted too", [Validating("v", call => call.Request["oldObject"]!["apiVersion"]!.GetValue<string>().EndsWith("v1beta1", StringComparison.Ordinal) ? Reply.Allow(call) : Reply.Deny("{}")(call), On("*", "agreement.example.com", "v1beta1", "widgets"))],
            PatchWidget("""{"spec":{"color":"red"}}""")) with { Before = [CreateWidget()] },
        Scenario("2.9", "status is equivalent too", [Mutating("m", Reply.Allow, On("*", "agreement.example.com", "v1beta1", "widgets/status"))], PatchWidget("""{"status":{"x":1}}""", "status")) with { Before = [CreateWidget()] },
        Scenario("2.9", "scale is equivalent too", [Mutating("m", Reply.Allow, On("*", "agreement.example.com", "v1beta1", "widgets/scale"))], PatchWidget("""{"spec":{"replicas":3}}""", "scale")) with { Before = [CreateWidget()] },
        Scenario("2.10", "a selector that does not match comes before an unknown namespace", [Mutating("m", Reply.Allow, On("UPDATE", "", "v1", "configmaps"))], CreateMap()),
    ];

    private static Scenario Rules(string rule, string title, Step[] steps, params (string Name, string Operation, string Group, string Version, string Resource)[] rows) =>
        Scenario(rule, title, [.. rows.Select(row => Validating(row.Name, Reply.Allow, On(row.Operation, row.Group, row.Version, row.Resource)))], steps);

    private static Scenario Scopes(string rule, string title, Step step, string group, string resource) =>
        Scenario(rule, title, [.. new[] { "*", "Namespaced", "Cluster" }.Select((scope, i) => Validating($"s{i}", Reply.Allow, On("CREATE", group, "v1", resource, scope)))], step);

    private static Action<V1MutatingWebhook> Selecting(string label) => webhook => webhook.NamespaceSelector = Exists(label);

    private static Action<V1MutatingWebhook> NamespacesSelecting(string label) => webhook =>
    {
        On("*", "", "v1", "namespaces")(webhook);
        webhook.NamespaceSelector = Exists(label);
    };

    private static V1LabelSelector NotIn(string key, string value) => new() { MatchExpressions = [new() { Key = key, OperatorProperty = "NotIn", Values = [value] }] };
}

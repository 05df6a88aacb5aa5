using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>Short names for the parts of scenarios.</summary>
internal static class Build
{
    public static Scenario Scenario(string rule, string title, ScenarioWebhook[] webhooks, params Step[] steps) => new(rule, title) { Webhooks = webhooks, Steps = steps };

    public static ScenarioWebhook Mutating(string name, Func<ScenarioCall, Reply> respond, Action<V1MutatingWebhook>? change = null, string configuration = ScenarioWebhook.DefaultConfiguration) =>
        new(name, true, respond) { Change = change, Configuration = configuration };

    public static ScenarioWebhook Validating(string name, Func<ScenarioCall, Reply> respond, Action<V1MutatingWebhook>? change = null, string configuration = ScenarioWebhook.DefaultConfiguration) =>
        new(name, false, respond) { Change = change, Configuration = configuration };

    public static void Ignore(V1MutatingWebhook webhook) => webhook.FailurePolicy = "Ignore";

    public static Action<V1MutatingWebhook> On(string operation, string group, string version, string resource, string? scope = null) =>
        webhook => webhook.Rules = [ScenarioWebhook.Rule(operation, group, version, resource, scope)];

    public static Action<V1MutatingWebhook> Exactly(string operation, string group, string version, string resource) =>
        webhook => (webhook.Rules, webhook.MatchPolicy) = ([ScenarioWebhook.Rule(operation, group, version, resource)], "Exact");

    public static Action<V1MutatingWebhook> OnWidgets(string operation = "*") => On(operation, "agreement.example.com", "v1", "widgets");

    public static Action<V1MutatingWebhook> WhenLabelled(string key) => webhook => webhook.ObjectSelector = Exists(key);

    public static V1LabelSelector Exists(string key) => new() { MatchExpressions = [new() { Key = key, OperatorProperty = "Exists" }] };

    public static Step CreateMap(string name = "m", string metadata = "", string data = """{"k":"v"}""") =>
        new(Verb.Create, KindInfo.ConfigMap, name, Map(name, metadata, data));

    public static Step UpdateMap(string name = "m", string metadata = "", string data = """{"k":"w"}""") =>
        new(Verb.Update, KindInfo.ConfigMap, name, Map(name, metadata, data));

    public static Step DeleteMap(string name = "m") => new(Verb.Delete, KindInfo.ConfigMap, name, "") { ReadBack = true };

    public static string Map(string name, string metadata = "", string data = """{"k":"v"}""") =>
        $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}"{{(metadata.Length > 0 ? $",{metadata}" : "")}}},"data":{{data}}}""";

    public static Step CreateWidget(string spec = "{}", string rest = "", string name = "w") =>
        new(Verb.Create, KindInfo.Widget, name, $$"""{"apiVersion":"agreement.example.com/v1","kind":"Widget","metadata":{"name":"{{name}}"},"spec":{{spec}}{{rest}}}""");

    public static Step PatchWidget(string patch, string subresource = "", string name = "w") =>
        new(Verb.MergePatch, KindInfo.Widget, name, patch) { Subresource = subresource };

    public static Step CreatePod(string name = "p", string spec = "") => new(Verb.Create, KindInfo.Pod, name, Pod(name, spec));

    /// <summary>A Pod with every default spelled out, so that only admission changes the Pod.</summary>
    public static string Pod(string name, string spec = "") => $$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}"},"spec":{"containers":[{"name":"c","image":"nginx:1.25","resources":{},
        "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always",
        "terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","automountServiceAccountToken":false,"securityContext":{},"schedulerName":"default-scheduler",
        "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
        {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],
        "priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"{{{spec}}}}}
        """;

    public static Step CreateNamespace(string name, string labels = "{}") =>
        new(Verb.Create, KindInfo.Namespace, name, $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}","labels":{{{labels}}}}}""");
}

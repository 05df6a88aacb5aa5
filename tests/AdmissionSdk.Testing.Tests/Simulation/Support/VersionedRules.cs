using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Support;

/// <summary>The rules of the contract that depend on the version, by what a user or a webhook sees.</summary>
internal static class VersionedRules
{
    public static IReadOnlyDictionary<string, VersionedRule> All { get; } = new Dictionary<string, VersionedRule>
    {
        ["2.6 the namespace's label"] = new(nameof(ServerBehaviour.LabelsNamespaces), 21, "", "default", version => Task.FromResult(
            Text(new SimulatedApiServer(new() { KubernetesVersion = version }).Find("namespaces", "default")!["metadata"]!["labels"]?["kubernetes.io/metadata.name"]))),
        ["8.1 the user's timeout of a write"] = new(nameof(ServerBehaviour.CutsUserTimeout), 21, "201", "504", version => TimedAsync(version, 50, 40)),
        ["8.3 the user's own deadline"] = new(nameof(ServerBehaviour.EndsInTimeoutFilter), 22,
            "504 Status Timeout: request did not complete within requested timeout 1s", "504  Timeout: request did not complete within the allotted timeout", version => MessageAsync(version, 1, 2)),
        ["8.3 the server's deadline of a write"] = new(nameof(ServerBehaviour.EndsInTimeoutFilter), 22,
            "504 Status Timeout: request did not complete within requested timeout 34s", "504 Status Timeout: request did not complete within requested timeout - context deadline exceeded", version => MessageAsync(version, null, 40)),
        ["11 the message of a failed call"] = new(nameof(ServerBehaviour.NamesFailedStep), 22,
            "Internal error occurred: failed calling webhook \"a.test.example.com\": the server has received too many requests and has asked us to try again later",
            "Internal error occurred: failed calling webhook \"a.test.example.com\": failed to call webhook: the server has received too many requests and has asked us to try again later",
            async version => (await CreateMapAsync(version, _ => FakeApp.Body(429, ""))).Message),
        ["17.3 failing open is noted"] = new(nameof(ServerBehaviour.NotesFailingOpen), 22, "False", "True", async version =>
            (await CreateMapAsync(version, _ => FakeApp.Body(429, ""), webhook => webhook.FailurePolicy = "Ignore")).AuditAnnotations.Keys.Any(key => key.StartsWith("failed-open.", StringComparison.Ordinal)).ToString()),
        ["17.3 failing open is noted in validation"] = new(nameof(ServerBehaviour.NotesFailingOpen), 22, "", "failed-open.validating.webhook.admission.k8s.io/round_0_index_0", FailOpenValidatingAsync),
        ["5 an eviction's version"] = new(nameof(ServerBehaviour.EvictionVersion), 22, "policy/v1beta1", "policy/v1", async version =>
            Text((await PodSubresourceAsync(version, "eviction", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}"""))!["object"]!["apiVersion"])),
        ["1.2 unknown fields of an apply"] = new(nameof(ServerBehaviour.NamesAppliedObject), 23,
            "failed to create typed patch object: .spec.unknown: field not declared in schema",
            "failed to create typed patch object (default/g; test.example.com/v1, Kind=Gadget): .spec.unknown: field not declared in schema", async version => (await GadgetAsync(version, apply: true)).Message),
        ["4.9 the namespace of a POST before mutation"] = new(nameof(ServerBehaviour.SetsNamespaceFirst), 24, "", "default", version => NamespaceAsync(version, update: false)),
        ["4.9 the namespace of a PUT before mutation"] = new(nameof(ServerBehaviour.SetsNamespaceFirst), 24, "", "default", version => NamespaceAsync(version, update: true)),
        ["5 the name of a token request"] = new(nameof(ServerBehaviour.NamesTokenRequests), 24, "", "s", version => TokenAsync(version, "name")),
        ["5 the uid of a token request"] = new(nameof(ServerBehaviour.IdentifiesTokenRequests), 34, "", "account-uid", version => TokenAsync(version, "uid")),
        ["1.2 unknown fields of a custom resource"] = new(nameof(ServerBehaviour.KnowsFieldValidation), 25, "", "unknown field \"spec.unknown\"", async version => string.Concat((await GadgetAsync(version, apply: false)).Warnings)),
        ["3 match conditions"] = new(nameof(ServerBehaviour.KnowsMatchConditions), 28, "1", "0", async version =>
            (await CreateMapAsync(version, request => FakeApp.Allow(request), webhook => webhook.MatchConditions = [new V1MatchCondition { Name = "never", Expression = "false" }])).Calls.Count().ToString(CultureInfo.InvariantCulture)),
        ["11 an undecodable patch under Ignore"] = new(nameof(ServerBehaviour.UndecodablePatchFailsCall), 34, "500", "201", async version =>
            Code(await CreateMapAsync(version, request => FakeApp.Allow(request, "5"), webhook => webhook.FailurePolicy = "Ignore"))),
        ["1.6 reviews of access"] = new(nameof(ServerBehaviour.ExcludesVirtualResources), 37, "403", "201", AccessReviewAsync),
        ["1.6 bindings are no reviews of access"] = new(nameof(ServerBehaviour.ExcludesVirtualResources), 37, "403 403", "201 403", async version => $"{await AccessReviewAsync(version)} {await BindingAsync(version)}"),
        ["2.5 an update in a namespace that is gone"] = new(nameof(ServerBehaviour.UpdatesWithoutNamespace), 37, "404 0", "200 1", UpdateWithoutNamespaceAsync),
        ["5 ephemeral containers"] = new(nameof(ServerBehaviour.Version), 23, "404", "200", version => PatchPodAsync(version, "ephemeralcontainers")),
        ["5 resize"] = new(nameof(ServerBehaviour.Version), 33, "404", "200", version => PatchPodAsync(version, "resize")),
    };

    private static SimulatedApiServer Server(Version version, FakeApp app, Action<V1MutatingWebhook>? change = null)
    {
        var server = new SimulatedApiServer(new() { KubernetesVersion = version });
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("m", TestWebhook.Mutating("a", change)));
        return server;
    }

    private static Action<V1MutatingWebhook> Everything => webhook => webhook.Rules = [TestWebhook.Rule("*", "*", "*", "*/*")];

    private static Task<SimulatedResponse> CreateMapAsync(Version version, Func<JsonObject, HttpResponseMessage> respond, Action<V1MutatingWebhook>? change = null) =>
        Server(version, new FakeApp().On("/a", respond), change).CreateAsync(TestWebhook.Map("m"));

    private static async Task<SimulatedResponse> WaitAsync(Version version, int? timeoutSeconds, int seconds)
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request)).On("/b", request => FakeApp.Allow(request));
        var server = Server(version, app, webhook => webhook.TimeoutSeconds = 30);
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("n", TestWebhook.Mutating("b", webhook => webhook.TimeoutSeconds = 30)));
        server.SetLatency("a.test.example.com", TimeSpan.FromSeconds(seconds / 2.0));
        server.SetLatency("b.test.example.com", TimeSpan.FromSeconds(seconds / 2.0));
        return await server.CreateAsync(TestWebhook.Map("m"), new() { Timeout = timeoutSeconds is { } limit ? TimeSpan.FromSeconds(limit) : null });
    }

    private static async Task<string> TimedAsync(Version version, int? timeoutSeconds, int seconds) => Code(await WaitAsync(version, timeoutSeconds, seconds));

    private static async Task<string> MessageAsync(Version version, int? timeoutSeconds, int seconds)
    {
        var response = await WaitAsync(version, timeoutSeconds, seconds);
        return $"{Code(response)} {Text(response.Status!["kind"])} {response.Message}";
    }

    private static async Task<string> FailOpenValidatingAsync(Version version)
    {
        var server = new SimulatedApiServer(new() { KubernetesVersion = version });
        server.RegisterWebhooks(new FakeApp().On("/v", _ => FakeApp.Body(500, "")).Client, TestWebhook.Configuration("v", TestWebhook.Validating("v", webhook => webhook.FailurePolicy = "Ignore")));
        return string.Concat((await server.CreateAsync(TestWebhook.Map("m"))).EnsureSuccess().AuditAnnotations.Keys);
    }

    private static async Task<SimulatedResponse> GadgetAsync(Version version, bool apply)
    {
        const string Gadget = """{"apiVersion":"test.example.com/v1","kind":"Gadget","metadata":{"name":"g","namespace":"default"},"spec":{"unknown":1}}""";
        var server = new SimulatedApiServer(new() { KubernetesVersion = version });
        server.AddCustomResourceDefinition("""
            {"kind":"CustomResourceDefinition","spec":{"group":"test.example.com","scope":"Namespaced","names":{"kind":"Gadget","plural":"gadgets"},
            "versions":[{"name":"v1","schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"known":{"type":"integer"}}}}}}}]}}
            """);
        return apply ? await server.ApplyAsync(Gadget) : (await server.CreateAsync(Gadget, new() { FieldValidation = "Warn" })).EnsureSuccess();
    }

    private static async Task<string> NamespaceAsync(Version version, bool update)
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = Server(version, app);
        if (update)
        {
            server.Store(TestWebhook.Map("m"));
        }

        var response = (await (update ? server.UpdateAsync(TestWebhook.Map("m", """{"k":"v"}""")) : server.CreateAsync(TestWebhook.Map("m")))).EnsureSuccess();
        // The object that is stored has its namespace in every version.
        Assert.Equal("default", Text(response.GetObject()["metadata"]!["namespace"]));
        return Text(Assert.Single(app.Calls).Request["object"]!["metadata"]!["namespace"]);
    }

    private static async Task<string> TokenAsync(Version version, string member)
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request)).On("/v", request => FakeApp.Allow(request));
        var server = Server(version, app, webhook => webhook.Rules = [TestWebhook.Rule("*", "", "v1", "serviceaccounts/token")]);
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("v", TestWebhook.Validating("v", webhook => webhook.Rules = [TestWebhook.Rule("*", "", "v1", "serviceaccounts/token")])));
        server.Store("""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"s","uid":"account-uid"}}""");
        (await server.CreateAsync("""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}""", new() { Subresource = "token", Name = "s" })).EnsureSuccess();

        // Only validation sees it.
        Assert.Null(app.Calls[0].Request["object"]!["metadata"]?[member]);
        return Text(app.Calls[1].Request["object"]!["metadata"]?[member]);
    }

    private static async Task<JsonObject?> PodSubresourceAsync(Version version, string subresource, string body)
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = Server(version, app, Everything);
        server.Store("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"}}""");
        (await server.CreateAsync(body, new() { Subresource = subresource })).EnsureSuccess();
        return Assert.Single(app.Calls).Request;
    }

    private static async Task<string> PatchPodAsync(Version version, string subresource)
    {
        var server = new SimulatedApiServer(new() { KubernetesVersion = version });
        server.Store("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{}}""");
        return Code(await server.PatchAsync("pods", "p", """{"spec":{"ephemeralContainers":[{"name":"e"}]}}""", new() { Subresource = subresource }));
    }

    private static async Task<string> AccessReviewAsync(Version version) =>
        Code(await Denying(version).CreateAsync("""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{}}"""));

    private static async Task<string> BindingAsync(Version version) =>
        Code(await Denying(version).CreateAsync("""{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}"""));

    private static SimulatedApiServer Denying(Version version) =>
        Server(version, new FakeApp().On("/a", request => FakeApp.Deny(request, """{"code":403}""")), Everything);

    private static async Task<string> UpdateWithoutNamespaceAsync(Version version)
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = Server(version, app);
        server.Store("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"gone"}}""");
        (await server.DeleteAsync("namespaces", "gone")).EnsureSuccess();
        (await server.PatchAsync("namespaces", "gone", """{"metadata":{"labels":{"a":"b"}}}""")).EnsureSuccess();
        Assert.NotNull(server.Find("namespaces", "gone"));
        (await server.PatchAsync("namespaces", "gone", """{"spec":{"finalizers":[]}}""", new() { Subresource = "finalize" })).EnsureSuccess();
        Assert.Null(server.Find("namespaces", "gone"));

        var response = await server.PatchAsync("configmaps", "m", """{"data":{"k":"v"}}""", new() { Namespace = "gone" });
        return $"{Code(response)} {app.Calls.Count}";
    }

    private static string Code(SimulatedResponse response) => response.StatusCode.ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}

using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Verbs;
using AdmissionSdk.Testing.Tests.Simulation.Support;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation;

/// <summary>Whole requests to the simulated API server.</summary>
/// <remarks>Covers <see cref="SimulatedApiServer"/>, <see cref="SimulatedResponse"/>, <see cref="SimulatedApiServerOptions"/>, <see cref="ServerCore"/>, <see cref="ReinvocationState"/>, <see cref="ObjectConverter"/>, <see cref="ConnectVerb"/>, <see cref="ApiServerYamlReader"/>.</remarks>
public class SimulatedApiServerTests
{
    private const string AddX = """[{"op":"add","path":"/data/x","value":"y"}]""";

    [Fact]
    public async Task Create_Model_ComesBackAsAModel()
    {
        var server = Server(new FakeApp().On("/a", request => FakeApp.Allow(request, AddX)), TestWebhook.Mutating("a"));

        var response = await server.CreateAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "m" }, Data = new Dictionary<string, string> { ["k"] = "v" } });

        Assert.Equal("y", response.EnsureSuccess().GetObject<V1ConfigMap>().Data["x"]);
        Assert.NotNull(server.Find("configmaps", "m"));
    }

    [Fact]
    public async Task Create_YamlManifestsOfTwoApps_WorkTogether()
    {
        const string Manifests = """
            apiVersion: v1
            kind: Service
            metadata: { name: webhooks, namespace: system }
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: { name: CONFIG }
            webhooks:
            - name: HOOK.test.example.com
              sideEffects: None
              admissionReviewVersions: [v1]
              clientConfig: { service: { name: webhooks, namespace: system, path: /HOOK } }
              rules:
              - { operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["configmaps"] }
            """;
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(new FakeApp().On("/second", request => FakeApp.Allow(request, AddX)).Client, Manifests.Replace("CONFIG", "b", StringComparison.Ordinal).Replace("HOOK", "second", StringComparison.Ordinal));
        server.RegisterWebhooks(new FakeApp().On("/first", request => FakeApp.Allow(request)).Client, Manifests.Replace("CONFIG", "a", StringComparison.Ordinal).Replace("HOOK", "first", StringComparison.Ordinal));

        var response = await server.CreateAsync("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata: { k: v }\n");

        Assert.Equal(["first.test.example.com", "second.test.example.com"], response.Calls.Select(call => call.Webhook));
        Assert.Equal("y", response.GetObject()["data"]!["x"]!.GetValue<string>());
    }

    [Fact]
    public async Task Create_YamlInFlowStyle_IsRead() =>
        (await new SimulatedApiServer().CreateAsync("{apiVersion: v1, kind: ConfigMap, metadata: {name: m}}")).EnsureSuccess();

    [Fact]
    public async Task EnsureDenied_NoDenial_ShowsWhatKubectlPrints()
    {
        var response = await new SimulatedApiServer().DeleteAsync("configmaps", "m");

        var exception = Assert.Throws<AdmissionTestException>(response.EnsureDenied);

        Assert.Contains("""Error from server (NotFound): configmaps "m" not found""", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegisterWebhooks_SameConfigurationAgain_ReplacesIt()
    {
        var server = Server(new FakeApp().On("/a", request => FakeApp.Deny(request)), TestWebhook.Mutating("a"));

        server.RegisterWebhooks(new FakeApp().On("/a", request => FakeApp.Allow(request)).Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a")));
        Assert.True((await server.CreateAsync(TestWebhook.Map("m"))).IsSuccess);

        server.RemoveConfiguration("c");
        Assert.Empty((await server.CreateAsync(TestWebhook.Map("n"))).Trace);
    }

    [Fact]
    public async Task Create_Denied_ShowsStatusKubectlLineAndTrace()
    {
        var server = Server(
            new FakeApp().On("/a", request => FakeApp.Deny(request, """{"message":"no","code":429,"reason":"TooManyRequests","details":{"retryAfterSeconds":7}}""")),
            TestWebhook.Mutating("a"));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal(429, response.StatusCode);
        Assert.Equal("Error from server (TooManyRequests): admission webhook \"a.test.example.com\" denied the request: no", response.KubectlOutput);
        Assert.Equal(TimeSpan.FromSeconds(7), response.RetryAfter);
        Assert.Throws<InvalidOperationException>(() => response.GetObject());
        Assert.Same(response, response.EnsureDenied());
        Assert.Contains("mutating[0] c/a.test.example.com: Rejected", Assert.Throws<AdmissionTestException>(response.EnsureSuccess).Message, StringComparison.Ordinal);
        Assert.Null(server.Find("configmaps", "m"));
    }

    [Theory]
    [InlineData("namespaceSelector does not match")]
    [InlineData("objectSelector does not match")]
    [InlineData("no rule matches")]
    public async Task Create_Skipped_HasAReason(string reason)
    {
        var selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["a"] = "b" } };
        var server = Server(new FakeApp(), TestWebhook.Mutating("a", webhook =>
        {
            webhook.NamespaceSelector = reason.StartsWith("namespace", StringComparison.Ordinal) ? selector : null;
            webhook.ObjectSelector = reason.StartsWith("object", StringComparison.Ordinal) ? selector : null;
            webhook.Rules = reason.StartsWith("no", StringComparison.Ordinal) ? [] : webhook.Rules;
        }));

        var call = Assert.Single((await server.CreateAsync(TestWebhook.Map("m"))).Trace);

        Assert.Equal(WebhookOutcome.Skipped, call.Outcome);
        Assert.Equal(reason, call.Reason);
        Assert.False(call.WasCalled);
    }

    [Fact]
    public async Task Update_Replays_AreNewReviewsOfTheSameRequest()
    {
        // 1.9
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request, AddX)).On("/v", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer(new SimulatedApiServerOptions { UpdateReplays = 2 });
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a")), TestWebhook.Configuration("c", TestWebhook.Validating("v")));
        server.Store(TestWebhook.Map("m"));

        var response = await server.UpdateAsync(TestWebhook.Map("m", """{"k":"w"}"""));

        Assert.Equal(["/a", "/v", "/a", "/v", "/a", "/v"], app.Calls.Select(call => call.Path));
        Assert.Equal(6, app.Calls.Select(call => call.Request["uid"]!.GetValue<string>()).Distinct().Count());
        Assert.All(app.Calls.Where(call => call.Path == "/a"), call => Assert.Null(call.Request["object"]!["data"]!["x"]));
        Assert.Equal("y", response.GetObject()["data"]!["x"]!.GetValue<string>());
    }

    [Fact]
    public async Task Create_Delegates_RunInTheirPlaces()
    {
        var seen = new List<string>();
        var server = new SimulatedApiServer(new SimulatedApiServerOptions
        {
            Default = json => Note("default", json),
            MutateInTree = json => Note("in-tree", json),
            Decode = json =>
            {
                Note("decode", json);
                return json;
            },
            Validate = (json, _) =>
            {
                Note("validate", json);
                return [];
            },
            PrepareForStorage = json => Note("prepare", json),
        });
        server.RegisterWebhooks(
            new FakeApp().On("/a", request => Called("mutate", FakeApp.Allow(request, AddX))).On("/v", request => Called("webhook", FakeApp.Allow(request))).Client,
            TestWebhook.Configuration("c", TestWebhook.Mutating("a")), TestWebhook.Configuration("c", TestWebhook.Validating("v")));
        seen.Clear();

        await server.CreateAsync(TestWebhook.Map("m"));

        // The patch asks for a second pass of the whole chain, in-tree plugins included (14.2).
        Assert.Equal(["decode", "default", "in-tree", "mutate", "decode", "default", "in-tree", "default", "prepare", "validate", "webhook"], seen);

        void Note(string what, JsonObject json)
        {
            if (json["kind"]!.GetValue<string>() == "ConfigMap")
            {
                seen.Add(what);
            }
        }

        HttpResponseMessage Called(string what, HttpResponseMessage response)
        {
            seen.Add(what);
            return response;
        }
    }

    [Fact]
    public async Task Create_ValidateWithCauses_Is422()
    {
        var server = new SimulatedApiServer(new SimulatedApiServerOptions
        {
            Validate = (_, _) => [new V1StatusCause { Field = "data.k", Reason = "FieldValueInvalid", Message = "Invalid value: \"v\": is bad" }],
        });

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal(422, response.StatusCode);
        Assert.Equal("ConfigMap \"m\" is invalid: data.k: Invalid value: \"v\": is bad", response.Message);
        Assert.Equal("The ConfigMap \"m\" is invalid: data.k: Invalid value: \"v\": is bad", response.KubectlOutput);
    }

    [Fact]
    public async Task Create_InTreeMutatorInTheSecondPass_MakesWebhooksDue()
    {
        // 14.2: the chain's own plugins changed the object between the passes.
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request, AddX));
        var pass = 0;
        var server = new SimulatedApiServer(new SimulatedApiServerOptions { MutateInTree = json => json["data"]!["pass"] = $"{++pass}" });
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => webhook.ReinvocationPolicy = "IfNeeded")));

        await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal(2, app.Calls.Count);
    }

    [Fact]
    public async Task Create_RegisteredEquivalent_IsConvertedByTheDelegate()
    {
        // 2.8, 13.4
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request, """[{"op":"add","path":"/spec/old","value":2}]"""));
        var server = new SimulatedApiServer(new SimulatedApiServerOptions
        {
            Convert = (json, apiVersion) =>
            {
                var (from, to) = apiVersion == "extensions/v1beta1" ? ("new", "old") : ("old", "new");
                var spec = json["spec"]!.AsObject();
                spec[to] = spec[from]?.DeepClone();
                spec.Remove(from);
                return json;
            },
        });
        server.AddResource("extensions/v1beta1", "Deployment", "deployments", true, equivalentTo: "deployments.apps");
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => webhook.Rules = [TestWebhook.Rule("*", "extensions", "v1beta1", "deployments")])));

        var response = await server.CreateAsync("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"new":1}}""");

        Assert.Equal("extensions/v1beta1", app.Calls.Single().Request["object"]!["apiVersion"]!.GetValue<string>());
        Assert.Equal(1, app.Calls.Single().Request["object"]!["spec"]!["old"]!.GetValue<int>());
        Assert.Equal("apps/v1", response.GetObject()["apiVersion"]!.GetValue<string>());
        Assert.Equal(2, response.GetObject()["spec"]!["new"]!.GetValue<int>());
    }

    [Fact]
    public async Task Create_EventsOfBothGroups_AreEquivalent()
    {
        // 2.9
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = Server(app, TestWebhook.Mutating("a", webhook => webhook.Rules = [TestWebhook.Rule("*", "events.k8s.io", "v1", "events")]));

        await server.CreateAsync("""{"apiVersion":"v1","kind":"Event","metadata":{"name":"e"}}""");

        Assert.Equal("events.k8s.io", app.Calls.Single().Request["resource"]!["group"]!.GetValue<string>());
        Assert.Equal("", app.Calls.Single().Request["requestResource"]!["group"]!.GetValue<string>());
    }

    [Fact]
    public async Task Connect_Patch_ChangesTheCommandThatRuns()
    {
        // 5.2
        var server = Server(
            new FakeApp().On("/a", request => FakeApp.Allow(request, """[{"op":"replace","path":"/command/0","value":"true"}]""")),
            TestWebhook.Mutating("a", webhook => webhook.Rules = [TestWebhook.Rule("CONNECT", "", "v1", "pods/exec")]));

        var response = await server.ConnectAsync("pods", "p", "exec", new JsonObject { ["command"] = new JsonArray("sh") });

        Assert.Equal("true", response.GetObject()["command"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Connect_DryRun_IsNotSupported() =>
        Assert.Equal("dryRun is not supported", (await new SimulatedApiServer().ConnectAsync("pods", "p", "exec", request: new SimulatedRequestOptions { DryRun = true })).Message);

    [Fact]
    public async Task DeleteCollection_Labels_ChooseTheItems()
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = Server(app, TestWebhook.Mutating("a"));
        server.Store(TestWebhook.Map("one", labels: """{"team":"a"}"""));
        server.Store(TestWebhook.Map("two"));

        await server.DeleteCollectionAsync("configmaps", new SimulatedRequestOptions { Labels = new Dictionary<string, string> { ["team"] = "a" } });

        Assert.Null(Assert.Single(app.Calls).Request["name"]);
        Assert.Null(server.Find("configmaps", "one"));
        Assert.NotNull(server.Find("configmaps", "two"));
    }

    [Fact]
    public async Task Create_UnknownKind_NamesTheWayOut() =>
        Assert.Contains("AddCustomResourceDefinition", (await Assert.ThrowsAsync<ArgumentException>(() => new SimulatedApiServer().CreateAsync("""{"apiVersion":"x/v1","kind":"Y"}"""))).Message, StringComparison.Ordinal);

    private static SimulatedApiServer Server(FakeApp app, params V1MutatingWebhook[] webhooks)
    {
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", webhooks));
        return server;
    }
}

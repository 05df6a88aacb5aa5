using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Results;
using AdmissionSdk.Testing.Simulation.Verbs;
using AdmissionSdk.Testing.Tests.Simulation.Support;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Verbs;

/// <summary>Namespaces, owners and names of written objects.</summary>
/// <remarks>Covers <see cref="SimulatedApiServer"/>, <see cref="CreateVerb"/>, <see cref="UpdateVerb"/>, <see cref="MetadataRules"/>, <see cref="NamespaceLifecyclePlugin"/>, <see cref="ApiServerResources"/>, <see cref="ObjectMeta"/>, <see cref="SimulatedRequestOptions"/>, <see cref="Statuses"/>.</remarks>
public sealed class WriteTests
{
    private const string Owner = """{"apiVersion":"v1","kind":"ConfigMap","name":"o","uid":"u-1"}""";
    private const string Owners = $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","ownerReferences":[{{{Owner}}},{{{Owner}}},{{{Owner}}}]}}""";
    private const string Warning = ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u-1, u-1";

    [Fact]
    public async Task Create_EqualOwnersOfTheUser_AreMergedBeforeAnyWebhook()
    {
        // 13.8
        var (server, app) = Server();

        var response = (await server.CreateAsync(Owners)).EnsureSuccess();

        Assert.Equal([Warning], response.Warnings);
        Assert.Single(app.Calls[0].Request["object"]!["metadata"]!["ownerReferences"]!.AsArray());
    }

    [Fact]
    public async Task Update_EqualOwnersOfTheUser_AreMergedAndThoseOfAPatchOnlyAfterMutation()
    {
        var (server, app) = Server();
        server.Store(TestWebhook.Map("m"));

        var put = await server.UpdateAsync(Owners);
        var patched = await server.PatchAsync("configmaps", "m", $$$"""{"metadata":{"ownerReferences":[{{{Owner}}},{{{Owner}}}]}}""");

        Assert.Equal([Warning], put.Warnings);
        Assert.Contains("after mutating admission happens", Assert.Single(patched.Warnings), StringComparison.Ordinal);
        Assert.Equal([1, 2], app.Calls.Where(call => call.Path == "/a").Select(call => call.Request["object"]!["metadata"]!["ownerReferences"]!.AsArray().Count));
    }

    [Fact]
    public async Task Apply_TextJsonAndModel_CreateAndMergeAlike()
    {
        static JsonObject Json(string data) => TestObjectReader.Parse(TestWebhook.Map("m", data));
        static V1ConfigMap Model(string key, string value) => new() { Metadata = new V1ObjectMeta { Name = "m" }, Data = new Dictionary<string, string> { [key] = value } };
        Func<SimulatedApiServer, string, string, Task<SimulatedResponse>>[] forms =
        [
            (server, key, value) => server.ApplyAsync(TestWebhook.Map("m", $$"""{"{{key}}":"{{value}}"}""")),
            (server, key, value) => server.ApplyAsync(Json($$"""{"{{key}}":"{{value}}"}""")),
            (server, key, value) => server.ApplyAsync(Model(key, value)),
        ];

        foreach (var apply in forms)
        {
            var (server, app) = Server();
            (await apply(server, "a", "1")).EnsureSuccess();
            var merged = (await apply(server, "b", "2")).EnsureSuccess();

            Assert.Equal("""{"a":"1","b":"2"}""", merged.GetObject()["data"]!.ToJsonString());
            Assert.Equal(["CREATE", "UPDATE"], app.Calls.Where(call => call.Path == "/a").Select(call => call.Request["operation"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Apply_JsonObject_IsNotChanged()
    {
        var (server, _) = Server();
        var json = TestObjectReader.Parse(TestWebhook.Map("m"));
        var before = json.ToJsonString();

        (await server.ApplyAsync(json)).EnsureSuccess();

        Assert.Equal(before, json.ToJsonString());
    }

    [Fact]
    public async Task Create_NamespaceWithAGeneratedName_HasNoNamespaceInEitherPhase()
    {
        // 4.6
        var (server, app) = Server();

        await server.CreateAsync("""{"apiVersion":"v1","kind":"Namespace","metadata":{"generateName":"n-"}}""");

        Assert.Equal([(null, false), (null, true)], app.Calls.Select(call => ((string?)call.Request["namespace"], call.Request["name"] is not null)));
    }

    [Fact]
    public async Task Create_InANamespaceThatIsNotThere_Is404UnlessSwitchedOff()
    {
        var (server, app) = Server();
        var elsewhere = new SimulatedRequestOptions { Namespace = "elsewhere" };

        var refused = await server.CreateAsync(TestWebhook.Map("m"), elsewhere);

        Assert.Equal((404, "namespaces \"elsewhere\" not found"), (refused.StatusCode, refused.Message));
        Assert.Empty(app.Calls);
        Assert.True((await new SimulatedApiServer(new SimulatedApiServerOptions { NamespaceLifecycle = false }).CreateAsync(TestWebhook.Map("m"), elsewhere)).IsSuccess);
    }

    [Fact]
    public void Store_InANamespaceThatIsNotThere_MakesIt()
    {
        var server = new SimulatedApiServer();

        server.Store("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"shop"}}""");

        Assert.NotNull(server.Find("namespaces", "shop"));
    }

    [Fact]
    public async Task Create_NodeWithAStatus_KeepsIt() =>
        Assert.NotNull((await Server().Server.CreateAsync("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"},"status":{"phase":"x"}}""")).GetObject()["status"]);

    [Fact]
    public async Task Patch_ThatDoesNotApply_IsRefusedWithoutAReason()
    {
        var (server, _) = Server();
        server.Store(TestWebhook.Map("m"));

        var response = await server.PatchAsync("configmaps", "m", """[{"op":"remove","path":"/data/x"}]""");

        Assert.Equal((422, "the server rejected our request due to an error in our request"), (response.StatusCode, response.Message));
        Assert.Equal("{}", response.Status!["details"]!.ToJsonString());
        Assert.Equal("The request is invalid: the server rejected our request due to an error in our request", response.KubectlOutput);
    }

    private static (SimulatedApiServer Server, FakeApp App) Server()
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request)).On("/v", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => webhook.Rules = [TestWebhook.Rule("*", "", "v1", "*")])), TestWebhook.Configuration("c", TestWebhook.Validating("v", webhook => webhook.Rules = [TestWebhook.Rule("*", "", "v1", "namespaces")])));
        return (server, app);
    }
}

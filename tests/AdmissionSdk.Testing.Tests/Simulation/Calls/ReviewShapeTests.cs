using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Verbs;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Calls;

/// <summary>The bytes a webhook gets, held against reviews recorded from kube-apiserver 1.36 (contract 4, 6).</summary>
/// <remarks>Covers <see cref="ReviewRequest"/>, <see cref="ObjectOrder"/>, <see cref="GoJson"/>, <see cref="WebhookUrl"/>, <see cref="RequestBodies"/>, <see cref="ScaleView"/>, <see cref="SubresourceTable"/>, <see cref="SubresourceCreateVerb"/>.</remarks>
public class ReviewShapeTests
{
    [Fact]
    public async Task Connect_Exec_IsTheRecordedReview()
    {
        var (server, recorded) = Record("connect-pods-exec", "pods/exec");

        var response = await server.ConnectAsync("pods", "web", "exec", JsonNode.Parse("""{"kind":"","apiVersion":"","stdout":true,"stderr":true,"container":"nginx","command":["ls"]}""")!.AsObject(), Admin());

        Check(recorded, response);
    }

    [Fact]
    public async Task Create_Eviction_IsTheRecordedReview()
    {
        var (server, recorded) = Record("create-pods-eviction", "pods/eviction");

        // The client sent policy/v1beta1 or v1; webhooks see v1 (contract section 5).
        var response = await server.CreateAsync("""{"kind":"Eviction","apiVersion":"policy/v1beta1","metadata":{"name":"web"}}""", Admin("eviction"));

        Check(recorded, response);
    }

    [Fact]
    public async Task Patch_Scale_IsTheRecordedReview()
    {
        var (server, recorded) = Record("update-deployments-scale", "deployments/scale", "apps");
        var scale = JsonNode.Parse(recorded)!["request"]!["oldObject"]!;
        server.Store(new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = scale["metadata"]!.DeepClone(),
            ["spec"] = new JsonObject { ["replicas"] = 2 },
        });

        var response = await server.PatchAsync("deployments.apps", "d", """{"spec":{"replicas":3},"status":{"selector":"app=d"}}""", Admin("scale"));

        // The store gives its own resourceVersion, and the simulator knows no label selector of the old scale.
        Check(recorded.Replace("\"652\"", "\"5\"", StringComparison.Ordinal).Replace("\"spec\":{\"replicas\":2},\"status\":{\"replicas\":0,\"selector\":\"app=d\"}", "\"spec\":{\"replicas\":2},\"status\":{\"replicas\":0}", StringComparison.Ordinal), response);
    }

    [Fact]
    public async Task Delete_Deployment_IsTheRecordedReview()
    {
        var (server, recorded) = Record("delete-deployments", "deployments", "apps");
        var request = JsonNode.Parse(recorded)!["request"]!;
        server.Store(request["oldObject"]!.AsObject());
        var options = request["options"]!.AsObject();

        var response = await server.DeleteAsync("deployments.apps", request["name"]!.GetValue<string>(), new SimulatedRequestOptions
        {
            User = "admin",
            UserUid = "admin-uid",
            PropagationPolicy = options["propagationPolicy"]?.GetValue<string>(),
            GracePeriodSeconds = options["gracePeriodSeconds"]?.GetValue<long>(),
        });

        Check(WithVersion(recorded, "5"), response);
    }

    [Fact]
    public async Task Create_MembersInTheUsersOrder_AreInTheApiServers()
    {
        // 4.1
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer();
        server.AddCustomResourceDefinition(Gadgets.Definition);
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => webhook.Rules = [TestWebhook.Rule("*", "*", "*", "*")])));

        await server.CreateAsync("""{"data":{"b":"","a":""},"metadata":{"labels":{"x":"y"},"name":"m"},"apiVersion":"v1","kind":"ConfigMap"}""");
        await server.CreateAsync("""{"spec":{"size":1,"note":"n"},"kind":"Gadget","metadata":{"name":"m"},"apiVersion":"test.example.com/v1"}""");

        Assert.Equal(
            [
                """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"m","namespace":"default","labels":{"x":"y"}},"data":{"b":"","a":""}}""",
                """{"apiVersion":"test.example.com/v1","kind":"Gadget","metadata":{"name":"m","namespace":"default"},"spec":{"note":"n","size":1}}""",
            ],
            app.Calls.Select(call => call.Request["object"]!.ToJsonString()));
    }

    [Fact]
    public async Task Create_Request_HasTheApiServersHeadersAndUrl()
    {
        // 6.1, 6.2
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => webhook.ClientConfig.Service.Path = "/a/")));

        await server.CreateAsync(TestWebhook.Map("m"));

        var sent = Assert.Single(app.Requests);
        Assert.Equal("https://webhooks.system.svc:443/a?timeout=10s", $"https://{sent.Headers.Host}{sent.RequestUri!.PathAndQuery}");
        Assert.Equal("application/json", sent.Content!.Headers.GetValues("Content-Type").Single());
        Assert.Equal("application/json, */*", string.Join(", ", sent.Headers.GetValues("Accept")));
        Assert.Equal("kube-apiserver-admission", string.Join(" ", sent.Headers.GetValues("User-Agent")));
        Assert.Equal("gzip", sent.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task Create_ClientWithBaseAddress_IsCalledThere()
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        using var client = new HttpClient(app) { BaseAddress = new Uri("http://localhost:1234/") };
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(client, TestWebhook.Configuration("c", TestWebhook.Mutating("a")));

        await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal(new Uri("http://localhost:1234/a?timeout=10s"), app.Requests.Single().RequestUri);
        Assert.Equal("webhooks.system.svc:443", app.Requests.Single().Headers.Host);
    }

    [Fact]
    public async Task Create_Html_IsEscapedAsGoDoes()
    {
        // 4.1
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a")));

        var response = await server.CreateAsync(TestWebhook.Map("m", """{"k":"<a>&é😀\u2028\u0001'+"}"""));

        Assert.Contains("\"k\":\"\\u003ca\\u003e\\u0026é😀\\u2028\\u0001'+\"", response.Trace[0].Review, StringComparison.Ordinal);
        Assert.EndsWith("}\n", response.Trace[0].Review, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e3", "1000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9223372036854776000")]
    [InlineData("123456.789", "123456.789")]
    [InlineData("1.5e-10", "1.5e-10")]
    [InlineData("0.0", "0")]
    [InlineData("-0.5", "-0.5")]
    public void Number_Literal_IsWrittenAsGoDoes(string literal, string expected) =>
        Assert.Equal(expected, GoJson.Number(literal));

    private static SimulatedRequestOptions Admin(string subresource = "") => new() { User = "admin", UserUid = "admin-uid", Subresource = subresource };

    private static (SimulatedApiServer Server, string Recorded) Record(string fixture, string resource, string group = "")
    {
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(new FakeApp().On("/a", request => FakeApp.Allow(request)).Client, TestWebhook.Configuration("c", TestWebhook.Validating("a", webhook => webhook.Rules = [TestWebhook.Rule("*", group, "v1", resource)])));
        return (server, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "reviews-1.36", $"{fixture}.json")));
    }

    private static void Check(string recorded, SimulatedResponse response)
    {
        var call = Assert.Single(response.Calls);
        var uid = JsonNode.Parse(recorded)!["request"]!["uid"]!.GetValue<string>();

        Assert.Equal(recorded.TrimEnd().Replace(uid, call.Uid, StringComparison.Ordinal), call.Review!.TrimEnd());
    }

    private static string WithVersion(string recorded, string version)
    {
        var old = JsonNode.Parse(recorded)!["request"]!["oldObject"]!["metadata"]!["resourceVersion"]!.GetValue<string>();
        return recorded.Replace($"\"resourceVersion\":\"{old}\"", $"\"resourceVersion\":\"{version}\"", StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Dispatch;

/// <summary>Audit annotations of a whole request (contract 17).</summary>
/// <remarks>Covers <see cref="MutatingDispatcher"/>, <see cref="ValidatingDispatcher"/>, <see cref="AuditRecorder"/>.</remarks>
public class AuditAnnotationTests
{
    [Fact]
    public async Task Create_MutatingChain_NotesEveryAttempt()
    {
        // 17.3: the index counts all configured webhooks, also webhooks that do not match.
        var app = new FakeApp()
            .On("/other", request => FakeApp.Allow(request))
            .On("/patch", request => FakeApp.Allow(request, """[{"op":"add","path":"/data/x","value":"y"}]"""))
            .On("/broken", _ => FakeApp.Body(500, ""));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c",
            TestWebhook.Mutating("other", webhook => webhook.Rules = [TestWebhook.Rule("*", "", "v1", "pods")]),
            TestWebhook.Mutating("patch"),
            TestWebhook.Mutating("broken", webhook => webhook.FailurePolicy = "Ignore")));

        var annotations = (await server.CreateAsync(TestWebhook.Map("m"))).AuditAnnotations;

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["mutation.webhook.admission.k8s.io/round_0_index_1"] = """{"configuration":"c","webhook":"patch.test.example.com","mutated":true}""",
                ["patch.webhook.admission.k8s.io/round_0_index_1"] = """{"configuration":"c","webhook":"patch.test.example.com","patch":[{"op":"add","path":"/data/x","value":"y"}],"patchType":"JSONPatch"}""",
                ["mutation.webhook.admission.k8s.io/round_0_index_2"] = """{"configuration":"c","webhook":"broken.test.example.com","mutated":false}""",
                ["failed-open.mutation.webhook.admission.k8s.io/round_0_index_2"] = "broken.test.example.com",
            },
            annotations);
    }

    [Fact]
    public async Task Create_ValidatingFailedOpen_CountsMatchingWebhooksOnly()
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request)).On("/b", _ => FakeApp.Body(500, ""));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c",
            TestWebhook.Validating("a", webhook => webhook.Rules = [TestWebhook.Rule("*", "", "v1", "pods")]),
            TestWebhook.Validating("b", webhook => webhook.FailurePolicy = "Ignore")));

        var annotation = Assert.Single((await server.CreateAsync(TestWebhook.Map("m"))).AuditAnnotations);

        Assert.Equal("failed-open.validating.webhook.admission.k8s.io/round_0_index_0", annotation.Key);
        Assert.Equal("b.test.example.com", annotation.Value);
    }

    [Fact]
    public async Task Create_OwnAnnotations_ArePrefixedAlsoOnDenial()
    {
        // 9.9, 17.1
        var app = new FakeApp().On("/a", request => FakeApp.Respond(request, new JsonObject { ["allowed"] = false, ["auditAnnotations"] = new JsonObject { ["why"] = "x", ["bad key"] = "y" } }));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Validating("a")));

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal("x", response.AuditAnnotations["a.test.example.com/why"]);
        Assert.Equal(["a.test.example.com/bad key"], response.DroppedAuditAnnotations);
    }
}

using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Verbs;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Verbs;

/// <summary>Deletes that take more than one step.</summary>
/// <remarks>Covers <see cref="DeleteVerb"/>, <see cref="DeletionFinalizers"/>, <see cref="PodGrace"/>, <see cref="NamespaceLifecyclePlugin"/>, <see cref="ObjectStore"/>.</remarks>
public sealed class DeleteTests
{
    [Theory]
    [InlineData("Foreground", "foregroundDeletion")]
    [InlineData("Orphan", "orphan")]
    public async Task Delete_PolicyForTheGarbageCollector_LeavesTheObjectWithItsFinalizer(string policy, string finalizer)
    {
        var (server, app) = Server();
        server.Store(TestWebhook.Map("m"));

        var response = (await server.DeleteAsync("configmaps", "m", new SimulatedRequestOptions { PropagationPolicy = policy })).EnsureSuccess();

        Assert.Single(app.Calls);
        Assert.Equal(finalizer, (string?)Assert.Single(response.GetObject()["metadata"]!["finalizers"]!.AsArray()));
        Assert.NotNull(server.Find("configmaps", "m")!["metadata"]!["deletionTimestamp"]);
    }

    [Fact]
    public async Task Delete_Background_TakesTheFinalizerAwayAndTheObjectToo()
    {
        var (server, app) = Server();
        server.Store(JsonNode.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","finalizers":["orphan"]}}""")!.AsObject());

        await server.DeleteAsync("configmaps", "m", new SimulatedRequestOptions { PropagationPolicy = "Background" });

        Assert.Equal(2, app.Calls.Count);
        Assert.Null(server.Find("configmaps", "m"));
    }

    [Fact]
    public async Task Delete_Namespace_StaysTerminatingAndTakesNothingNew()
    {
        var (server, app) = Server();
        server.AddNamespace("shop");

        var response = (await server.DeleteAsync("namespaces", "shop")).EnsureSuccess();
        var refused = await server.CreateAsync(TestWebhook.Map("m"), new SimulatedRequestOptions { Namespace = "shop" });

        Assert.Equal("Terminating", (string?)response.GetObject()["status"]!["phase"]);
        Assert.Equal((string?)response.GetObject()["metadata"]!["uid"], (string?)app.Calls[0].Request["options"]!["preconditions"]!["uid"]);
        Assert.Equal((403, "configmaps \"m\" is forbidden: unable to create new content in namespace shop because it is being terminated"), (refused.StatusCode, refused.Message));
        Assert.Equal("NamespaceTerminating", (string?)refused.Status!["details"]!["causes"]![0]!["reason"]);
    }

    [Fact]
    public async Task Delete_DryRunOfAPodOnNoNode_IsReviewedOnce()
    {
        var (server, app) = Server();
        server.Store("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{}}""");

        await server.DeleteAsync("pods", "p", new SimulatedRequestOptions { DryRun = true });

        Assert.Single(app.Calls);
        Assert.NotNull(server.Find("pods", "p"));
    }

    [Fact]
    public async Task Delete_NumbersOfAnyType_AreRead()
    {
        var (server, _) = Server();
        server.Store(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = "p" },
            ["spec"] = new JsonObject { ["nodeName"] = "n", ["terminationGracePeriodSeconds"] = 7 },
        });

        var first = (await server.DeleteAsync("pods", "p")).EnsureSuccess();
        var second = (await server.DeleteAsync("pods", "p", new SimulatedRequestOptions { GracePeriodSeconds = 3 })).EnsureSuccess();

        Assert.Equal((7, 3), (first.GetObject()["metadata"]!["deletionGracePeriodSeconds"]!.GetValue<long>(), second.GetObject()["metadata"]!["deletionGracePeriodSeconds"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("kube-system")]
    public async Task Delete_NamespaceThatEverythingNeeds_IsForbidden(string name) =>
        Assert.Equal($"namespaces \"{name}\" is forbidden: this namespace may not be deleted", (await Server().Server.DeleteAsync("namespaces", name)).Message);

    private static (SimulatedApiServer Server, FakeApp App) Server()
    {
        var app = new FakeApp().On("/v", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Validating("v", webhook => webhook.Rules = [TestWebhook.Rule("DELETE", "", "v1", "*")])));
        return (server, app);
    }
}

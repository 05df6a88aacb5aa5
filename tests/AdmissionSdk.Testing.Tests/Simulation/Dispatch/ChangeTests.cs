using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Verbs;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Dispatch;

/// <summary>
/// Patches that change the object (contract 14.4). The first patch of a built-in kind always counts as a change if the request
/// made an entry in managedFields, because the entry's time loses its fraction.
/// </summary>
/// <remarks>Covers <see cref="SemanticEquality"/>, <see cref="ObjectPatcher"/>, <see cref="FieldOwnership"/>, <see cref="WebhookCall"/>.</remarks>
public sealed class ChangeTests
{
    private const string NoChange = """[{"op":"replace","path":"/metadata/name","value":"m"}]""";

    [Fact]
    public async Task Create_FirstPatchWithoutEffect_CountsAndASecondDoesNot()
    {
        var (server, app) = Server("one", "two", "three");

        var response = await server.CreateAsync(TestWebhook.Map("m", """{"k":"v"}"""));

        Assert.Equal([true, false, false], response.Trace.Take(3).Select(call => call.IsPatched));
        // The first change makes nobody due: nobody was called before.
        Assert.Equal(["/one", "/two", "/three"], app.Calls.Select(call => call.Path));
        Assert.Equal(6, response.Trace.Count);
    }

    [Fact]
    public async Task Create_ObjectThatIsOnlyAName_OwnsNoFieldAndIsNotChanged()
    {
        var (server, _) = Server("one");

        Assert.False(Assert.Single((await server.CreateAsync("""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"m"}}""")).Trace).IsPatched);
    }

    [Theory]
    [InlineData("""{"data":{"k":"w"}}""", true)]
    [InlineData("""{"data":{"k":"v"}}""", false)]
    [InlineData("""{"data":{"k":null}}""", false)]
    public async Task Patch_OnlyWhatSetsAField_MakesATimeThatIsLost(string patch, bool changed)
    {
        var (server, _) = Server("one");
        server.Store(TestWebhook.Map("m", """{"k":"v","l":"v"}"""));

        Assert.Equal(changed, (await server.PatchAsync("configmaps", "m", patch)).Trace[0].IsPatched);
    }

    [Fact]
    public async Task Create_CustomResource_KeepsItsTimesAsText()
    {
        var (server, _) = Server("one");
        server.AddCustomResourceDefinition(Gadgets.Definition);

        Assert.False((await server.CreateAsync(Gadgets.Json("""{"size":1}""").Replace("\"g\"", "\"m\"", StringComparison.Ordinal))).Trace[0].IsPatched);
    }

    [Fact]
    public async Task Patch_Scale_MakesATimeToo()
    {
        var (server, _) = Server("one");
        server.Store("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"m"},"spec":{"replicas":1}}""");

        Assert.True((await server.PatchAsync("deployments.apps", "m", """{"spec":{"replicas":2}}""", new SimulatedRequestOptions { Subresource = "scale" })).Trace[0].IsPatched);
    }

    private static (SimulatedApiServer Server, FakeApp App) Server(params string[] names)
    {
        var app = new FakeApp();
        foreach (var name in names)
        {
            app.On($"/{name}", request => FakeApp.Allow(request, NoChange));
        }

        var server = new SimulatedApiServer();
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", [.. names.Select(name => TestWebhook.Mutating(name, webhook => webhook.Rules = [TestWebhook.Rule("*", "*", "*", "*/*")]))]));
        return (server, app);
    }
}

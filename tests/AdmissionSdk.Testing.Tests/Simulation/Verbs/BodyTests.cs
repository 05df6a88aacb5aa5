using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Results;
using AdmissionSdk.Testing.Simulation.Verbs;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Verbs;

/// <summary>The rest of a user's object before the webhooks, and the warnings for the user (fieldValidation).</summary>
/// <remarks>Covers <see cref="BodyDecoder"/>, <see cref="StructuralSchema"/>, <see cref="SchemaPruning"/>, <see cref="CustomMetadata"/>, <see cref="ResourceCatalog"/>, <see cref="ResourceInfo"/>, <see cref="Statuses"/>.</remarks>
public sealed class BodyTests
{
    private const string Typos = """{"typo":1,"parts":[{"nmae":"x"}],"free":{"any":1,"known":{"a":"b","c":"d"}},"template":{"apiVersion":"v1","kind":"X","metadata":{"z":1},"odd":2}}""";

    [Fact]
    public async Task Create_UnknownFields_AreGoneBeforeMutationWithAWarningEach()
    {
        var (server, app) = Server();

        var response = await server.CreateAsync(Gadgets.Json(Typos, ",\"nmae\":\"x\""));

        Assert.Equal(
            """{"free":{"any":1,"known":{"a":"b"}},"parts":[{}],"size":3,"template":{"apiVersion":"v1","kind":"X","metadata":{"z":1}}}""",
            app.Calls[0].Request["object"]!["spec"]!.ToJsonString());
        Assert.Equal(
            ["unknown field \"metadata.nmae\"", "unknown field \"spec.free.known.c\"", "unknown field \"spec.parts[0].nmae\"", "unknown field \"spec.template.odd\"", "unknown field \"spec.typo\""],
            response.EnsureSuccess().Warnings);
        Assert.False(app.Calls[0].Request["options"]!.AsObject().ContainsKey("fieldValidation"));
    }

    [Fact]
    public async Task Create_Nulls_AreGoneUnlessTheSchemaAllowsThem()
    {
        var (server, app) = Server();

        await server.CreateAsync(Gadgets.Json("""{"parts":null,"size":null,"note":null}"""));

        Assert.Equal("""{"note":null,"size":3}""", app.Calls[0].Request["object"]!["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task Create_Ignore_PrunesInSilence()
    {
        var (server, app) = Server();

        var response = await server.CreateAsync(Gadgets.Json(Typos), new SimulatedRequestOptions { FieldValidation = "Ignore" });

        Assert.Empty(response.EnsureSuccess().Warnings);
        Assert.Equal("Ignore", (string?)app.Calls[0].Request["options"]!["fieldValidation"]);
    }

    [Fact]
    public async Task Create_Strict_IsRefusedBeforeAnyWebhook()
    {
        var (server, app) = Server();

        var response = await server.CreateAsync(Gadgets.Json("""{"typo":1}"""), new SimulatedRequestOptions { FieldValidation = "Strict", FieldManager = "kubectl-create" });

        Assert.Equal((400, "Gadget in version \"v1\" cannot be handled as a Gadget: strict decoding error: unknown field \"spec.typo\""), (response.StatusCode, response.Message));
        Assert.Empty(app.Calls);
    }

    [Fact]
    public async Task Patch_UnknownFields_AreGoneToo()
    {
        var (server, app) = Server();
        server.Store(Gadgets.Json("""{"size":1}"""));

        var warned = await server.PatchAsync("gadgets.test.example.com", "g", """{"spec":{"typo":1,"size":2}}""");
        var refused = await server.PatchAsync("gadgets.test.example.com", "g", """{"spec":{"typo":1}}""", new SimulatedRequestOptions { FieldValidation = "Strict" });

        Assert.Equal(["unknown field \"spec.typo\""], warned.EnsureSuccess().Warnings);
        Assert.Equal("""{"size":2}""", app.Calls[0].Request["object"]!["spec"]!.ToJsonString());
        Assert.Equal(422, refused.StatusCode);
        Assert.EndsWith(": strict decoding error: unknown field \"spec.typo\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_UnknownField_CannotBeMerged()
    {
        var (server, _) = Server();

        var response = await server.ApplyAsync(Gadgets.Json("""{"typo":1}"""));

        Assert.Equal(
            (500, "failed to create typed patch object (default/g; test.example.com/v1, Kind=Gadget): .spec.typo: field not declared in schema"),
            (response.StatusCode, response.Message));
    }

    [Fact]
    public async Task Create_BuiltInKindThatDoesNotDecode_IsRefused()
    {
        var server = new SimulatedApiServer(new SimulatedApiServerOptions { Decode = json => json["data"] is JsonArray ? throw new FormatException("json: no map") : json });

        var response = await server.CreateAsync(TestWebhook.Map("m", "[]"));

        Assert.Equal((400, "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: no map"), (response.StatusCode, response.Message));
    }

    [Fact]
    public void FieldValidation_AnythingElse_IsAMistakeOfTheTest() =>
        Assert.Throws<ArgumentException>(() => new SimulatedRequestOptions { FieldValidation = "strict" });

    private static (SimulatedApiServer Server, FakeApp App) Server()
    {
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request));
        var server = new SimulatedApiServer();
        server.AddCustomResourceDefinition(Gadgets.Definition);
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => webhook.Rules = [TestWebhook.Rule("*", "*", "*", "*")])));
        return (server, app);
    }
}

using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation.Dispatch;

/// <summary>Patches that change apiVersion or kind (contract 13.1).</summary>
/// <remarks>Covers <see cref="PatchedKind"/>.</remarks>
public sealed class PatchedKindTests
{
    [Theory]
    [InlineData("/kind", "NoSuchKind", 500, "Internal error occurred: no kind \"NoSuchKind\" is registered for version \"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"")]
    [InlineData("/apiVersion", "v7", 500, "Internal error occurred: no kind \"ConfigMap\" is registered for version \"v7\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"")]
    [InlineData("/kind", "Secret", 500, "converting (v1.Secret) to (core.ConfigMap): unknown conversion")]
    public async Task Create_BuiltInKind_FailsEvenUnderIgnore(string path, string value, int code, string message)
    {
        var server = Server(path, value, "", "v1", "configmaps");

        var response = await server.CreateAsync(TestWebhook.Map("m"));

        Assert.Equal((code, message), (response.StatusCode, response.Message));
        Assert.Equal(WebhookOutcome.HardFailure, response.Trace[0].Outcome);
        Assert.Null(server.Find("configmaps", "m"));
    }

    [Theory]
    [InlineData("/kind", "Gizmo", 422, "Gizmo.test.example.com \"g\" is invalid: kind: Invalid value: \"Gizmo\": must be Gadget")]
    [InlineData("/apiVersion", "other.example.com/v1", 500, "other.example.com/v1, Kind=Gadget is unstructured and is not suitable for converting to \"test.example.com/v1\"")]
    [InlineData("/apiVersion", "test.example.com/v9", 500, "request to convert CR from an invalid group/version: test.example.com/v9")]
    [InlineData("/apiVersion", "test.example.com/v2", 201, "")]
    public async Task Create_CustomResource_MayOnlyChangeItsVersion(string path, string value, int code, string message)
    {
        var server = Server(path, value, "test.example.com", "v1", "gadgets");
        server.AddCustomResourceDefinition(Gadgets.Definition);

        var response = await server.CreateAsync(Gadgets.Json("{}"));

        Assert.Equal((code, message), (response.StatusCode, response.Message));
    }

    private static SimulatedApiServer Server(string path, string value, string group, string version, string resource)
    {
        var server = new SimulatedApiServer();
        var app = new FakeApp().On("/a", request => FakeApp.Allow(request, $$"""[{"op":"replace","path":"{{path}}","value":"{{value}}"}]"""));
        server.RegisterWebhooks(app.Client, TestWebhook.Configuration("c", TestWebhook.Mutating("a", webhook => (webhook.Rules, webhook.FailurePolicy) = ([TestWebhook.Rule("CREATE", group, version, resource)], "Ignore"))));
        return server;
    }
}

using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>
/// The webhooks of a scenario in a real cluster, put there by <c>apply</c>, one application for each configuration. Fields that our applications
/// cannot set are then edited by hand, and the scenario has to name these fields.
/// </summary>
internal sealed class AppliedScenario : IAsyncDisposable
{
    private readonly KubeApiServerFixture _server;
    private readonly IReadOnlyList<string> _names;

    private AppliedScenario(KubeApiServerFixture server, IReadOnlyList<string> names) => (_server, _names) = (server, names);

    public static async Task<AppliedScenario> ApplyAsync(KubeApiServerFixture server, Scenario scenario, Uri address, byte[] caBundle)
    {
        // A server refuses fields that the server does not know.
        scenario = OlderServer.Adapt(scenario, server.Version);
        var applied = new AppliedScenario(server, [.. scenario.Webhooks.Select(webhook => webhook.Configuration).Distinct()]);
        try
        {
            await applied.ApplyAsync(scenario, address, caBundle);
            await server.WaitForWebhooksAsync();
            return applied;
        }
        catch
        {
            await applied.RemoveAsync();
            throw;
        }
    }

    /// <summary>The application and the namespace in a configuration's name.</summary>
    public static (string App, string Namespace) Owner(string configuration) =>
        configuration.Split('.', 2) is [var app, var @namespace] ? (app, @namespace) : throw new InvalidOperationException($"The configuration {configuration} has no namespace in its name: name it APP.NAMESPACE.");

    public async ValueTask DisposeAsync()
    {
        await RemoveAsync();
        await _server.WaitForWebhooksAsync();
    }

    private async Task RemoveAsync()
    {
        foreach (var name in _names)
        {
            await AppliedWebhooks.RemoveAsync(_server.Client, name);
        }
    }

    private async Task ApplyAsync(Scenario scenario, Uri address, byte[] caBundle)
    {
        foreach (var configuration in scenario.Webhooks.GroupBy(webhook => webhook.Configuration))
        {
            var (app, @namespace) = Owner(configuration.Key);
            await AppliedWebhooks.CommandAsync(_server, app, @namespace, webhooks => ScenarioRegistration.Add(webhooks, configuration), address, caBundle);
        }

        List<string> edited = [];
        foreach (var wanted in ScenarioConfigurations.Create(scenario))
        {
            edited.AddRange(await EditAsync(wanted, address, caBundle));
        }

        Assert.Equal(scenario.EditedByHand, string.Join(", ", edited));
    }

    /// <summary>Edits the live configuration to what the scenario says, as somebody with kubectl would.</summary>
    /// <returns>The fields that had to be changed.</returns>
    private async Task<IReadOnlyList<string>> EditAsync(IKubernetesObject<V1ObjectMeta> wanted, Uri address, byte[] caBundle)
    {
        var api = _server.Client.AdmissionregistrationV1;
        var webhooks = ScenarioConfigurations.Webhooks(wanted, address, caBundle);
        var mutating = wanted is V1MutatingWebhookConfiguration;
        IKubernetesObject<V1ObjectMeta> live = mutating
            ? await api.ReadMutatingWebhookConfigurationAsync(wanted.Metadata.Name)
            : await api.ReadValidatingWebhookConfigurationAsync(wanted.Metadata.Name);
        var edits = ScenarioConfigurations.Differences(webhooks, ScenarioConfigurations.Webhooks(live)).ToList();
        if (edits.Count > 0)
        {
            var patch = new V1Patch(new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "/webhooks", ["value"] = webhooks.DeepClone() }).ToJsonString(), V1Patch.PatchType.JsonPatch);
            await (mutating
                ? api.PatchMutatingWebhookConfigurationAsync(patch, wanted.Metadata.Name, fieldManager: "kubectl-edit")
                : (Task)api.PatchValidatingWebhookConfigurationAsync(patch, wanted.Metadata.Name, fieldManager: "kubectl-edit"));
        }

        return edits;
    }
}

using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <content>What others add to selectors, and what <c>uninstall</c> takes away.</content>
public sealed partial class ApplyTests
{
    private static readonly V1LabelSelectorRequirement[] Exclusions =
    [
        new() { Key = "control-plane", OperatorProperty = "NotIn", Values = ["true"] },
        new() { Key = "kubernetes.azure.com/managedby", OperatorProperty = "NotIn", Values = ["aks"] },
    ];

    [ApiServerFact]
    public async Task Apply_ExclusionsOfAnotherFieldManager_AreKeptAndTheGenerationStays()
    {
        await ApplyAsync();
        await ExcludeAsOthersDoAsync();
        var before = await GenerationsAsync();

        Assert.Equal((0, ""), await DiffAsync());
        var status = (await RunAsync("status", Both)).Output;
        Assert.Contains($"{Images}: namespaceSelector also has control-plane notin (true) (aks-admissions-enforcer), which narrows it and is kept\n", status, StringComparison.Ordinal);
        for (var round = 0; round < 3; round++)
        {
            await ApplyAsync();
            Assert.Equal(before, await GenerationsAsync());
            Assert.Equal((0, ""), await DiffAsync());
        }

        Assert.Equal(
            $"MutatingWebhookConfiguration/{Name} unchanged\nValidatingWebhookConfiguration/{Name} unchanged\n", await ApplyAsync());
    }

    [ApiServerFact]
    public async Task Uninstall_DryRunAndThenForGood_TakesEverythingAwayThatCarriesTheLabels()
    {
        await ApplyAsync();
        var client = session.Server.Client;
        await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = _namespace } });
        var labels = new Dictionary<string, string>
        {
            ["app.kubernetes.io/name"] = "registered",
            ["app.kubernetes.io/instance"] = _namespace,
            ["app.kubernetes.io/managed-by"] = "admission-sdk",
        };
        await client.CoreV1.CreateNamespacedServiceAccountAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "registered", Labels = labels } }, _namespace);
        await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "other" } }, _namespace);

        var dry = (await RunAsync("uninstall --dry-run", None)).Succeeded();
        Assert.Equal((0, ""), await DiffAsync());
        var wet = (await RunAsync("uninstall", None)).Succeeded();

        Assert.Equal(
            $"ValidatingWebhookConfiguration/{Name} deleted\nMutatingWebhookConfiguration/{Name} deleted\nServiceAccount/registered deleted\n", wet);
        Assert.Equal(wet.Replace(" deleted", " deleted (dry run)", StringComparison.Ordinal), dry);
        Assert.Contains(await ConfigMapsAsync(client), item => item == "other");
        Assert.Equal($"nothing in the cluster carries the labels of registered in {_namespace}\n", (await RunAsync("uninstall", None)).Succeeded());
    }

    private async Task<IEnumerable<string>> ConfigMapsAsync(IKubernetes client) =>
        (await client.CoreV1.ListNamespacedConfigMapAsync(_namespace)).Items.Select(item => item.Metadata.Name);

    private async Task ExcludeAsOthersDoAsync()
    {
        const string Manager = "aks-admissions-enforcer";
        var mutating = await Api.ReadMutatingWebhookConfigurationAsync(Name);
        foreach (var webhook in mutating.Webhooks)
        {
            webhook.NamespaceSelector.MatchExpressions = [.. Exclusions, .. webhook.NamespaceSelector.MatchExpressions ?? []];
        }

        await Api.ReplaceMutatingWebhookConfigurationAsync(mutating, Name, fieldManager: Manager);
        var validating = await Api.ReadValidatingWebhookConfigurationAsync(Name);
        foreach (var webhook in validating.Webhooks)
        {
            webhook.NamespaceSelector.MatchExpressions = [.. webhook.NamespaceSelector.MatchExpressions ?? [], .. Exclusions];
            webhook.ObjectSelector.MatchExpressions = [.. webhook.ObjectSelector.MatchExpressions ?? [], new() { Key = "managed", OperatorProperty = "DoesNotExist" }];
        }

        await Api.ReplaceValidatingWebhookConfigurationAsync(validating, Name, fieldManager: Manager);
    }

    private async Task<(long? Mutating, long? Validating)> GenerationsAsync() => (
        (await Api.ReadMutatingWebhookConfigurationAsync(Name)).Metadata.Generation,
        (await Api.ReadValidatingWebhookConfigurationAsync(Name)).Metadata.Generation);
}

using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Reads and writes the webhook configurations of a cluster, both kinds alike.</summary>
internal sealed class ClusterConfigurations(IKubernetes client)
{
    public const string FieldManager = "admission-sdk";
    private const string DryRunAll = "All";

    private IAdmissionregistrationV1Operations Api => client.AdmissionregistrationV1;

    public async Task<IKubernetesObject<V1ObjectMeta>?> FindAsync(IKubernetesObject<V1ObjectMeta> like, CancellationToken cancellationToken)
    {
        try
        {
            return like is V1MutatingWebhookConfiguration
                ? await Api.ReadMutatingWebhookConfigurationAsync(like.Metadata.Name, cancellationToken: cancellationToken)
                : await Api.ReadValidatingWebhookConfigurationAsync(like.Metadata.Name, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Lists the configurations with these labels.</summary>
    public async Task<IReadOnlyList<IKubernetesObject<V1ObjectMeta>>> ListAsync(IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var selector = LiveObjects.Selector(labels);
        var mutating = await Api.ListMutatingWebhookConfigurationAsync(labelSelector: selector, cancellationToken: cancellationToken);
        var validating = await Api.ListValidatingWebhookConfigurationAsync(labelSelector: selector, cancellationToken: cancellationToken);
        foreach (var item in mutating.Items)
        {
            // The API server lists items without a kind.
            item.Kind = V1MutatingWebhookConfiguration.KubeKind;
        }

        foreach (var item in validating.Items)
        {
            item.Kind = V1ValidatingWebhookConfiguration.KubeKind;
        }

        return [.. mutating.Items, .. validating.Items];
    }

    /// <summary>Applies a configuration by server-side apply: its fields win over every other owner, and fields that it does not name stay as they are.</summary>
    public Task<IKubernetesObject<V1ObjectMeta>> ApplyAsync(IKubernetesObject<V1ObjectMeta> configuration, bool dryRun, CancellationToken cancellationToken) =>
        PatchAsync(configuration, new V1Patch(KubernetesJson.Serialize(configuration), V1Patch.PatchType.ApplyPatch), force: true, dryRun, cancellationToken);

    /// <summary>Replaces the whole list of webhooks. The API server responds with a conflict if the configuration changed since the read.</summary>
    public Task<IKubernetesObject<V1ObjectMeta>> ReplaceWebhooksAsync(
        IKubernetesObject<V1ObjectMeta> live, JsonArray webhooks, bool dryRun, CancellationToken cancellationToken)
    {
        var patch = new JsonArray(
            new JsonObject { ["op"] = "replace", ["path"] = "/metadata/resourceVersion", ["value"] = live.Metadata.ResourceVersion },
            new JsonObject { ["op"] = "add", ["path"] = "/webhooks", ["value"] = webhooks });
        return PatchAsync(live, new V1Patch(patch.ToJsonString(), V1Patch.PatchType.JsonPatch), force: null, dryRun, cancellationToken);
    }

    public Task DeleteAsync(IKubernetesObject<V1ObjectMeta> configuration, bool dryRun, CancellationToken cancellationToken)
    {
        var (name, dryRunValue) = (configuration.Metadata.Name, dryRun ? DryRunAll : null);
        return configuration is V1MutatingWebhookConfiguration
            ? Api.DeleteMutatingWebhookConfigurationAsync(name, dryRun: dryRunValue, cancellationToken: cancellationToken)
            : Api.DeleteValidatingWebhookConfigurationAsync(name, dryRun: dryRunValue, cancellationToken: cancellationToken);
    }

    private async Task<IKubernetesObject<V1ObjectMeta>> PatchAsync(
        IKubernetesObject<V1ObjectMeta> configuration, V1Patch patch, bool? force, bool dryRun, CancellationToken cancellationToken)
    {
        var (name, dryRunValue) = (configuration.Metadata.Name, dryRun ? DryRunAll : null);
        return configuration is V1MutatingWebhookConfiguration
            ? await Api.PatchMutatingWebhookConfigurationAsync(patch, name, dryRunValue, FieldManager, force: force, cancellationToken: cancellationToken)
            : await Api.PatchValidatingWebhookConfigurationAsync(patch, name, dryRunValue, FieldManager, force: force, cancellationToken: cancellationToken);
    }
}

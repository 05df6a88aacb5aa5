using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Makes one configuration in the cluster the same as in the code, and changes nothing else.</summary>
internal sealed class Applier(ClusterConfigurations cluster, ManifestOptions target, bool dryRun, string bundleRemedy)
{
    /// <summary>Applies a configuration.</summary>
    /// <returns>The outcome: <c>created</c>, <c>changed</c> or <c>unchanged</c>.</returns>
    public async Task<string> ApplyAsync(IKubernetesObject<V1ObjectMeta> configuration, CancellationToken cancellationToken)
    {
        WebhookConfigurations.AddDefaults(configuration);
        var before = await cluster.FindAsync(configuration, cancellationToken);
        Ownership.RefuseOthers(target, configuration, before);
        var applied = await Conflicts.RetryAsync(() => ApplyOnceAsync(configuration, cancellationToken));
        return before is null ? "created" : Content(before) == Content(applied) ? "unchanged" : "changed";
    }

    private async Task<IKubernetesObject<V1ObjectMeta>> ApplyOnceAsync(IKubernetesObject<V1ObjectMeta> configuration, CancellationToken cancellationToken)
    {
        var live = await cluster.FindAsync(configuration, cancellationToken);
        KeepCaBundles(configuration, live);
        ForeignRequirements.Keep(configuration, live);
        CaBundles.Check(configuration, live, bundleRemedy);
        if (live is null || FindRemoved(configuration, live) is not { Count: > 0 } left)
        {
            return await WriteAsync(configuration, live, cancellationToken);
        }

        if (dryRun)
        {
            // In a dry run the second step would not see the first, so one request has the outcome of both.
            return await cluster.ReplaceWebhooksAsync(live, Webhooks(configuration, live, left), dryRun, cancellationToken);
        }

        var others = Json(live).Where(webhook => !left.Contains((string)webhook["name"]!)).Select(webhook => webhook.DeepClone());
        live = await cluster.ReplaceWebhooksAsync(live, new JsonArray([.. others]), dryRun, cancellationToken);
        return await WriteAsync(configuration, live, cancellationToken);
    }

    private async Task<IKubernetesObject<V1ObjectMeta>> WriteAsync(
        IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta>? live, CancellationToken cancellationToken)
    {
        var applied = await cluster.ApplyAsync(configuration, dryRun, cancellationToken);

        // Server-side apply keeps the additions of others inside our webhooks, such as a match condition, and the order of an older list.
        return live is not null && ConfigurationDrift.Compare(configuration, applied).Any(drift => !IsForeignWebhook(drift))
            ? await cluster.ReplaceWebhooksAsync(applied, Webhooks(configuration, applied), dryRun, cancellationToken)
            : applied;
    }

    /// <summary>
    /// Finds webhooks of ours that left the code. Server-side apply alone would keep the fields of such a webhook that others own, which after
    /// cert-manager is a CA bundle and nothing else, and the API server refuses such a rest (kubernetes/kubernetes#128102).
    /// </summary>
    private static HashSet<string> FindRemoved(IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta> live)
    {
        var left = OwnedFields.WebhookNames(live).ToHashSet(StringComparer.Ordinal);
        left.IntersectWith(Clients(live).Select(item => item.Name));
        left.ExceptWith(Clients(configuration).Select(item => item.Name));
        return left;
    }

    /// <summary>True if a difference is a whole webhook that the code does not have.</summary>
    public static bool IsForeignWebhook(FieldDrift drift) =>
        drift.Code is null && drift.Path.StartsWith("webhooks[", StringComparison.Ordinal) && drift.Path.IndexOf(']', StringComparison.Ordinal) == drift.Path.Length - 1;

    /// <summary>Removes live webhooks that the code does not have.</summary>
    public Task RemoveForeignAsync(IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta> live, CancellationToken cancellationToken) =>
        cluster.ReplaceWebhooksAsync(live, new JsonArray([.. Entries(configuration, live)]), dryRun, cancellationToken);

    // An earlier apply with --ca-file made the bundle ours; a configuration without the bundle would remove it, and every call would fail.
    private static void KeepCaBundles(IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta>? live)
    {
        if (live is null)
        {
            return;
        }

        var bundles = Clients(live).ToDictionary(item => item.Name, item => item.Client?.CaBundle, StringComparer.Ordinal);
        foreach (var (name, client) in Clients(configuration).Where(item => item.Client is { CaBundle: null }))
        {
            if (bundles.GetValueOrDefault(name) is { } bundle && OwnedFields.HasCaBundle(live, name))
            {
                client!.CaBundle = bundle;
            }
        }
    }

    private static IEnumerable<(string Name, Admissionregistrationv1WebhookClientConfig? Client)> Clients(IKubernetesObject<V1ObjectMeta> configuration) =>
        WebhookList.Read(configuration).Select(webhook => (webhook.Name, webhook.ClientConfig ?? null));

    /// <summary>Joins the code's webhooks and the webhooks that others added.</summary>
    private static JsonArray Webhooks(IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta> live, IEnumerable<string>? without = null)
    {
        var ours = Entries(configuration, live).ToList();
        var names = ours.Select(webhook => (string)webhook["name"]!).Concat(without ?? []).ToHashSet(StringComparer.Ordinal);
        return new JsonArray([.. ours, .. Json(live).Where(webhook => !names.Contains((string)webhook["name"]!)).Select(webhook => webhook.DeepClone())]);
    }

    /// <summary>Gets the code's webhooks, with the CA bundles that others filled in.</summary>
    private static IEnumerable<JsonNode> Entries(IKubernetesObject<V1ObjectMeta> configuration, IKubernetesObject<V1ObjectMeta> live)
    {
        var bundles = Json(live).ToDictionary(webhook => (string)webhook["name"]!, webhook => webhook["clientConfig"]?["caBundle"], StringComparer.Ordinal);
        foreach (var webhook in Json(configuration))
        {
            var entry = webhook.DeepClone();
            if (entry["clientConfig"] is JsonObject client && client["caBundle"] is null && bundles.GetValueOrDefault((string)entry["name"]!) is { } bundle)
            {
                client["caBundle"] = bundle.DeepClone();
            }

            yield return entry;
        }
    }

    private static IEnumerable<JsonNode> Json(IKubernetesObject<V1ObjectMeta> configuration) =>
        (JsonNode.Parse(KubernetesJson.Serialize(configuration))!["webhooks"] as JsonArray ?? []).Select(webhook => webhook!);

    // Leaves out the metadata that the API server writes.
    private static string Content(IKubernetesObject<V1ObjectMeta> configuration)
    {
        var json = JsonNode.Parse(KubernetesJson.Serialize(configuration))!;
        foreach (var key in new[] { "managedFields", "resourceVersion", "generation", "creationTimestamp", "uid" })
        {
            json["metadata"]!.AsObject().Remove(key);
        }

        return json.ToJsonString();
    }
}

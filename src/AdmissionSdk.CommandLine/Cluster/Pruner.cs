using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Removes configurations with this installation's labels that left the code, and webhooks that left the code from the other configurations.</summary>
internal sealed class Pruner(ClusterConfigurations cluster, Applier applier, ManifestOptions target, bool dryRun)
{
    public async Task<IReadOnlyList<string>> PruneAsync(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> wanted, CancellationToken cancellationToken)
    {
        List<string> removed = [];
        foreach (var configuration in await cluster.ListAsync(target.Labels, cancellationToken))
        {
            if (LiveObjects.FindCode(wanted, configuration) is not { } code)
            {
                await cluster.DeleteAsync(configuration, dryRun, cancellationToken);
                removed.Add($"{configuration.Kind}/{configuration.Metadata.Name} removed");
                continue;
            }

            removed.AddRange(await Conflicts.RetryAsync(() => RemoveForeignAsync(code, cancellationToken)));
        }

        return removed;
    }

    private async Task<IEnumerable<string>> RemoveForeignAsync(IKubernetesObject<V1ObjectMeta> code, CancellationToken cancellationToken)
    {
        if (await cluster.FindAsync(code, cancellationToken) is not { } live)
        {
            return [];
        }

        var foreign = ConfigurationDrift.Compare(code, live).Where(Applier.IsForeignWebhook).ToList();
        if (foreign.Count > 0)
        {
            await applier.RemoveForeignAsync(code, live, cancellationToken);
        }

        return foreign.Select(drift => $"{drift.Configuration} {drift.Path} removed");
    }
}

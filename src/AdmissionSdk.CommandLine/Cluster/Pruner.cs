using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Removes what left the code: whole configurations with this installation's labels, and webhooks in the others.</summary>
internal sealed class Pruner(ClusterConfigurations cluster, Applier applier, ManifestOptions target, bool dryRun)
{
    public async Task<IReadOnlyList<string>> PruneAsync(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> wanted, CancellationToken cancellationToken)
    {
        List<string> removed = [];
        foreach (var configuration in await cluster.ListAsync(target.Labels, cancellationToken))
        {
            var code = wanted.FirstOrDefault(item => item.GetType() == configuration.GetType() && item.Metadata.Name == configuration.Metadata.Name);
            if (code is null)
            {
                await cluster.DeleteAsync(configuration, dryRun, cancellationToken);
                removed.Add($"{configuration.Kind}/{configuration.Metadata.Name} removed");
                continue;
            }

            var foreign = ConfigurationDrift.Compare(code, configuration).Where(Applier.IsForeignWebhook).ToList();
            if (foreign.Count > 0)
            {
                await applier.RemoveForeignAsync(code, configuration, cancellationToken);
                removed.AddRange(foreign.Select(drift => $"{drift.Configuration} {drift.Path} removed"));
            }
        }

        return removed;
    }
}

using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Makes the guard policies in the cluster the same as in the code.</summary>
internal sealed class PolicyApplier(ClusterPolicies cluster, ManifestOptions target, bool dryRun)
{
    /// <summary>Applies all policies and bindings of the code.</summary>
    /// <returns>A line for each.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(WebhookRegistry registry, CancellationToken cancellationToken)
    {
        List<string> lines = [];
        foreach (var item in GuardPolicies.Objects(registry, target))
        {
            lines.Add($"{item.Kind}/{item.Metadata.Name} {await ApplyAsync(item, cancellationToken)}");
        }

        return lines;
    }

    /// <summary>Removes policies and bindings with this installation's labels that left the code; a binding before its policy.</summary>
    /// <returns>A line for each.</returns>
    public async Task<IReadOnlyList<string>> PruneAsync(WebhookRegistry registry, CancellationToken cancellationToken)
    {
        var wanted = GuardPolicies.Objects(registry, target);
        List<string> lines = [];
        foreach (var live in await cluster.ListAsync(target.Labels, mayLack: wanted.Count == 0, cancellationToken))
        {
            if (LiveObjects.FindCode(wanted, live) is null)
            {
                await cluster.DeleteAsync(live, dryRun, cancellationToken);
                lines.Add($"{live.Kind}/{live.Metadata.Name} removed");
            }
        }

        return lines;
    }

    private async Task<string> ApplyAsync(IKubernetesObject<V1ObjectMeta> item, CancellationToken cancellationToken)
    {
        var before = await cluster.FindAsync(item, cancellationToken);
        Ownership.RefuseOthers(target, item, before);
        if (before is not null && GuardPolicyDrift.Compare(item, before).Count == 0 && before.Metadata.ManagedFields?.Any(entry => entry.Manager == ClusterConfigurations.FieldManager) == true)
        {
            return "unchanged";
        }

        await Conflicts.RetryAsync(async () =>
        {
            var applied = await cluster.ApplyAsync(item, dryRun, cancellationToken);

            // Server-side apply keeps the additions of others, such as a match condition that opens the guard.
            return GuardPolicyDrift.Compare(item, applied).Count > 0 ? await cluster.ReplaceSpecAsync(applied, item, dryRun, cancellationToken) : applied;
        });
        return before is null ? "created" : "changed";
    }
}

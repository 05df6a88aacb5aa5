using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Finds all differences between the guard policies of code and cluster, including policies that left the code.</summary>
internal static class PolicyDriftFinder
{
    public static async Task<IReadOnlyList<FieldDrift>> FindAsync(
        ClusterPolicies cluster, WebhookRegistry registry, ManifestOptions options, CancellationToken cancellationToken)
    {
        List<FieldDrift> drifts = [];
        var wanted = GuardPolicies.Objects(registry, options);
        foreach (var item in wanted)
        {
            drifts.AddRange(GuardPolicyDrift.Compare(item, await cluster.FindAsync(item, cancellationToken)));
        }

        drifts.AddRange(
            from live in await cluster.ListAsync(options.Labels, mayLack: wanted.Count == 0, cancellationToken)
            where !Has(wanted, live)
            select new FieldDrift($"{live.Kind}/{live.Metadata.Name}", "", null, "{}"));
        return drifts;
    }

    /// <summary>True if one of the objects is of the same kind and name.</summary>
    public static bool Has(IEnumerable<IKubernetesObject<V1ObjectMeta>> items, IKubernetesObject<V1ObjectMeta> live) =>
        items.Any(item => item.GetType() == live.GetType() && item.Metadata.Name == live.Metadata.Name);
}

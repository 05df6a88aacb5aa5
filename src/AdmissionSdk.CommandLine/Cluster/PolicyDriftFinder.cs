using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

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

        drifts.AddRange(LiveObjects.FindLeft(wanted, await cluster.ListAsync(options.Labels, mayLack: wanted.Count == 0, cancellationToken)));
        return drifts;
    }
}

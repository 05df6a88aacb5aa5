using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Finds all differences between an application's code and a cluster, including configurations that left the code.</summary>
internal static class DriftFinder
{
    public static async Task<IReadOnlyList<FieldDrift>> FindAsync(
        ClusterConfigurations cluster, WebhookRegistry registry, ManifestOptions options, CancellationToken cancellationToken)
    {
        List<FieldDrift> drifts = [];
        var wanted = WebhookConfigurations.Create(registry, options);
        foreach (var configuration in wanted)
        {
            drifts.AddRange(ConfigurationDrift.Compare(configuration, await cluster.FindAsync(configuration, cancellationToken)));
        }

        drifts.AddRange(LiveObjects.FindLeft(wanted, await cluster.ListAsync(options.Labels, cancellationToken)));
        return drifts;
    }

    public static string Describe(FieldDrift drift) => (drift.Path.Length == 0, drift.Code, drift.Cluster) switch
    {
        (true, not null, _) => "is not in the cluster: run `apply`",
        (true, null, _) => "left the code and is still in the cluster: run `apply --prune`",
        _ => drift.ToString(),
    };
}

using AdmissionSdk.Observability;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>Keeps the CA bundle in the application's webhook configurations, and notices who else writes it.</summary>
internal sealed class CaBundleInjector(ICertificateCluster cluster, AdmissionMetrics metrics, TimeProvider time, ILogger<CaBundleInjector> logger)
{
    private readonly RepairBudget _budget = new(time);
    private readonly Dictionary<string, string> _injected = new(StringComparer.Ordinal);

    /// <summary>Puts the bundle into each configuration that lacks it, and returns the configurations afterwards.</summary>
    /// <param name="live">The configurations.</param>
    /// <param name="bundle">The CA bundle.</param>
    /// <param name="problems">Takes a sentence for each configuration that is left alone.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<LiveBundles> InjectAsync(LiveBundles live, string bundle, List<string> problems, CancellationToken cancellationToken)
    {
        List<LiveConfiguration> after = [];
        foreach (var configuration in live.Configurations)
        {
            after.Add(await InjectAsync(configuration, bundle, problems, cancellationToken));
        }

        return live with { Configurations = after };
    }

    private async Task<LiveConfiguration> InjectAsync(LiveConfiguration live, string bundle, List<string> problems, CancellationToken cancellationToken)
    {
        var subject = live.Subject;
        if (live.Bundles.Values.All(present => CaBundleText.AreEqual(present, bundle)))
        {
            _injected[subject] = bundle;
            return live;
        }

        if (live.IsFilledByCertManager)
        {
            problems.Add($"{subject} asks cert-manager for its CA bundle: run `apply` (its certificates are managed by default), or remove the annotation {LiveConfiguration.Injection}");
            return live;
        }

        // Somebody changed what this replica has seen in place; a new bundle of ours is nobody's fault.
        var isRepair = _injected.TryGetValue(subject, out var injected) && injected == bundle;
        var others = live.OtherManagers(CertificateCluster.FieldManager);
        if (isRepair && !_budget.Allows(subject))
        {
            metrics.Repaired(RepairTags.CaBundle, RepairTags.GivenUp);
            problems.Add($"the CA bundle of {subject} was put back {RepairBudget.Most} times in {RepairBudget.Window.TotalMinutes:0} minutes and is overwritten again, by {Names(others)}: it is left alone until that stops; take the caBundle out of what they apply");
            return live;
        }

        return await WriteAsync(live, bundle, isRepair, others, problems, cancellationToken);
    }

    private async Task<LiveConfiguration> WriteAsync(
        LiveConfiguration live, string bundle, bool isRepair, IReadOnlyList<string> others, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            if (await cluster.InjectAsync(live, bundle, cancellationToken) is not { } after)
            {
                return live;
            }

            _injected[live.Subject] = bundle;
            if (isRepair)
            {
                _budget.Spend(live.Subject);
                metrics.Repaired(RepairTags.CaBundle, RepairTags.Repaired);
                logger.CaBundleRepaired(live.Subject, Names(others));
                await cluster.RecordAsync(live, "CaBundleRepaired", $"The CA bundle was overwritten by {Names(others)}, and was put back.", cancellationToken);
            }
            else
            {
                logger.CaBundleInjected(live.Subject);
            }

            return after;
        }
        catch (ClusterProblemException exception)
        {
            metrics.Repaired(RepairTags.CaBundle, RepairTags.Failed);
            problems.Add(exception.Message);
            return live;
        }
    }

    private static string Names(IReadOnlyList<string> managers) => managers.Count == 0 ? "an unknown field manager" : string.Join(", ", managers);
}

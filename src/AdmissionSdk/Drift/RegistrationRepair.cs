using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Manifests;
using AdmissionSdk.Observability;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Drift;

/// <summary>
/// Puts the application's registration back when somebody changed or deleted it: only a registration that <c>apply</c> had put there, and only the
/// version that was applied last, so that two versions in a roll-out leave one another alone.
/// </summary>
internal sealed class RegistrationRepair(ManagedStatus? certificates, AdmissionMetrics metrics, TimeProvider time, ILogger<RegistrationRepair> logger)
{
    private const string FieldManager = "admission-sdk";

    private readonly RepairBudget _budget = new(time);
    private readonly ReportedProblems _reported = new();
    private readonly HashSet<string> _applied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _bundles = new(StringComparer.Ordinal);

    /// <summary>Repairs what may be repaired; true if something was written.</summary>
    public async Task<bool> RunAsync(IKubernetes client, string application, IReadOnlyList<OwnConfiguration> configurations, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        var wrote = false;
        foreach (var configuration in configurations.Where(configuration => configuration.Code is not null))
        {
            var subject = $"{configuration.Code!.Kind}/{configuration.Code.Metadata.Name}";
            Remember(subject, configuration);
            if (IsDue(subject, configuration, problems) && await TryWriteAsync(client, application, subject, configuration, problems, cancellationToken))
            {
                wrote = true;
            }
        }

        _reported.Report(problems, problem => logger.RegistrationNotRepaired(problem));
        return wrote;
    }

    private void Remember(string subject, OwnConfiguration configuration)
    {
        if (RegistrationMark.Find(configuration.Cluster) is { } mark)
        {
            // A registration that another version applied is for that version to keep.
            _ = mark == RegistrationMark.Find(configuration.Code) ? _applied.Add(subject) : _applied.Remove(subject);
        }

        foreach (var (name, client) in WebhookClients.Read(configuration.Cluster))
        {
            if (client?.CaBundle is { Length: > 0 } bundle)
            {
                _bundles[name] = bundle;
            }
        }
    }

    private bool IsDue(string subject, OwnConfiguration configuration, List<string> problems)
    {
        if (configuration.Drifts.Count == 0)
        {
            _others.Remove(subject);
            return false;
        }

        // Additions of others, inside a webhook or beside it, stay after a repair, and are only reported as drift.
        if (!_applied.Contains(subject) || _others.GetValueOrDefault(subject) == Text(configuration))
        {
            return false;
        }

        if (_budget.Allows(subject))
        {
            return true;
        }

        metrics.Repaired(RepairTags.Registration, RepairTags.GivenUp);
        problems.Add($"{subject} was put back {RepairBudget.Most} times in {RepairBudget.Window.TotalMinutes:0} minutes and is changed again, by {Managers(configuration)}: it is left alone until that stops; apply this version's registration there too, or turn RepairDrift off");
        return false;
    }

    private async Task<bool> TryWriteAsync(
        IKubernetes client, string application, string subject, OwnConfiguration configuration, List<string> problems, CancellationToken cancellationToken)
    {
        var code = configuration.Code!;
        if (!TryAddBundles(code, configuration.Cluster))
        {
            problems.Add($"{subject} is gone with its CA bundle, which this replica does not know: run `apply`");
            return false;
        }

        try
        {
            WebhookConfigurations.AddDefaults(code);
            ForeignRequirements.Keep(code, configuration.Cluster);
            var after = await ApplyAsync(client, code, cancellationToken);
            _budget.Spend(subject);
            _others[subject] = Text(configuration with { Drifts = ConfigurationDrift.Compare(code, after) });
            metrics.Repaired(RepairTags.Registration, RepairTags.Repaired);
            var (managers, first) = (Managers(configuration), configuration.Cluster is null ? "deleted" : configuration.Drifts[0].ToString());
            logger.RegistrationRepaired(subject, managers, first);
            await ClusterEvent.TryRecordAsync(
                client, after, (application, "RegistrationRepaired", $"The registration was changed by {managers} ({first}), and was put back."), time.GetUtcNow(), cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.Repaired(RepairTags.Registration, RepairTags.Failed);
            problems.Add(ClusterProblemException.Describe(exception, $"patch or create {subject}"));
            return false;
        }
    }

    /// <summary>Fills in the CA bundles, without which a webhook that fails closed would refuse everything; false if one is not known.</summary>
    private bool TryAddBundles(IKubernetesObject<V1ObjectMeta> code, IKubernetesObject<V1ObjectMeta>? live)
    {
        var present = WebhookClients.Read(live).ToDictionary(item => item.Name, item => item.Client?.CaBundle, StringComparer.Ordinal);
        foreach (var (name, client) in WebhookClients.Read(code))
        {
            client!.CaBundle ??= present.GetValueOrDefault(name) ?? _bundles.GetValueOrDefault(name) ?? certificates?.Bundle;
            if (client is { CaBundle: null, Service: not null } && code.Metadata.Annotations?.ContainsKey(LiveConfiguration.Injection) != true)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<IKubernetesObject<V1ObjectMeta>> ApplyAsync(IKubernetes client, IKubernetesObject<V1ObjectMeta> code, CancellationToken cancellationToken)
    {
        var (api, patch, name) = (client.AdmissionregistrationV1, new V1Patch(KubernetesJson.Serialize(code), V1Patch.PatchType.ApplyPatch), code.Metadata.Name);
        return code is V1MutatingWebhookConfiguration
            ? await api.PatchMutatingWebhookConfigurationAsync(patch, name, fieldManager: FieldManager, force: true, cancellationToken: cancellationToken)
            : await api.PatchValidatingWebhookConfigurationAsync(patch, name, fieldManager: FieldManager, force: true, cancellationToken: cancellationToken);
    }

    private static string Text(OwnConfiguration configuration) => string.Join('\n', configuration.Drifts);

    private static string Managers(OwnConfiguration configuration) =>
        (configuration.Cluster?.Metadata.ManagedFields ?? []).Select(entry => entry.Manager)
            .Where(manager => manager is not (FieldManager or CertificateCluster.FieldManager)).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } managers
            ? string.Join(", ", managers)
            : "an unknown field manager";
}

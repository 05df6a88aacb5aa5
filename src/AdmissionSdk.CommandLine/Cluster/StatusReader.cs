using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Reads the state of an application's webhooks in a cluster.</summary>
internal sealed class StatusReader(IKubernetes client, TimeProvider time)
{
    private readonly ClusterConfigurations _cluster = new(client);

    private readonly List<string> _notes = [];

    /// <summary>The requirements that others added to the webhooks, as information.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public async Task<IReadOnlyList<StatusRow>> ReadAsync(WebhookRegistry registry, ManifestOptions options, CancellationToken cancellationToken)
    {
        var reachable = options.Url is null
            ? await new ServiceReader(client).ReadAsync(options, cancellationToken)
            : new StatusCell(true, $"at {options.Url.Host} (not tried)");
        List<StatusRow> rows = [];
        var wanted = WebhookConfigurations.Create(registry, options);
        foreach (var configuration in wanted)
        {
            var live = await _cluster.FindAsync(configuration, cancellationToken);
            var drifts = ConfigurationDrift.Compare(configuration, live);
            _notes.AddRange(ForeignRequirements.Find(configuration, live).Select(requirement => requirement.ToString()));
            var bundles = WebhookList.Read(live).ToDictionary(webhook => webhook.Name, webhook => webhook.ClientConfig?.CaBundle, StringComparer.Ordinal);

            // Behind a url the API server's own roots are enough, unless the code asks for a CA.
            var trustsRoots = options is { Url: not null, CaBundle: null, InjectCaFrom: null };
            rows.AddRange(WebhookList.Read(configuration).Select(webhook => new StatusRow(
                webhook.Name,
                Type(configuration),
                reachable,
                live is null ? new StatusCell(false, "-") : Certificate(bundles.GetValueOrDefault(webhook.Name), trustsRoots),
                Drift(webhook.Name, live, drifts))));
            rows.AddRange(ListRemoved(live, WebhookList.Read(configuration).Select(webhook => webhook.Name)));
        }

        foreach (var live in await _cluster.ListAsync(options.Labels, cancellationToken))
        {
            if (LiveObjects.FindCode(wanted, live) is null)
            {
                rows.AddRange(ListRemoved(live, []));
            }
        }

        rows.AddRange(await ReadPoliciesAsync(registry, options, cancellationToken));
        return rows;
    }

    // A policy and its binding are one row: neither has an effect without the other.
    private async Task<IEnumerable<StatusRow>> ReadPoliciesAsync(WebhookRegistry registry, ManifestOptions options, CancellationToken cancellationToken)
    {
        var drifts = (await PolicyDriftFinder.FindAsync(new ClusterPolicies(client), registry, options, cancellationToken)).ToLookup(drift => drift.Configuration[(drift.Configuration.IndexOf('/', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
        var wanted = GuardPolicies.Create(registry, options).ToDictionary(item => item.Policy.Metadata.Name, item => item.Webhook.Name, StringComparer.Ordinal);
        return wanted.Keys.Union(drifts.Select(drift => drift.Key), StringComparer.Ordinal).Select(name => new StatusRow(
            wanted.GetValueOrDefault(name, name),
            "guard policy",
            new StatusCell(true, "in the API server"),
            new StatusCell(true, "not needed"),
            PolicyDrift([.. drifts[name]])));
    }

    private static StatusCell PolicyDrift(IReadOnlyList<FieldDrift> drifts) =>
        drifts.Count == 0 ? new StatusCell(true, "none")
        : drifts.Any(drift => drift is { Path: "", Cluster: null }) ? new StatusCell(false, "not installed")
        : drifts.Any(drift => drift is { Path: "", Code: null }) ? new StatusCell(false, "not in the code")
        : new StatusCell(false, drifts.Count == 1 ? "1 field" : $"{drifts.Count} fields");

    // The API server still calls a webhook that left the code, and every call fails.
    private static IEnumerable<StatusRow> ListRemoved(IKubernetesObject<V1ObjectMeta>? live, IEnumerable<string> code) =>
        from webhook in WebhookList.Read(live)
        where !code.Contains(webhook.Name, StringComparer.Ordinal)
        select new StatusRow(webhook.Name, Type(live!), new StatusCell(false, "-"), new StatusCell(false, "-"), new StatusCell(false, "not in the code"));

    private static string Type(IKubernetesObject<V1ObjectMeta> configuration) => configuration is V1MutatingWebhookConfiguration ? "mutating" : "validating";

    private StatusCell Certificate(byte[]? bundle, bool trustsRoots)
    {
        if (bundle is not { Length: > 0 })
        {
            return trustsRoots ? new StatusCell(true, "the API server's roots") : new StatusCell(false, "no CA bundle");
        }

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(Encoding.ASCII.GetString(bundle));
            var until = certificates.Max(certificate => certificate.NotAfter.ToUniversalTime());
            return new StatusCell(until > time.GetUtcNow().UtcDateTime, $"CA until {until:yyyy-MM-dd}");
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            return new StatusCell(false, "the CA bundle holds no certificate");
        }
    }

    private static StatusCell Drift(string webhook, IKubernetesObject<V1ObjectMeta>? live, IReadOnlyList<FieldDrift> drifts)
    {
        if (live is null)
        {
            return new StatusCell(false, "not installed");
        }

        var count = drifts.Count(drift => !drift.Path.StartsWith("webhooks[", StringComparison.Ordinal) || drift.Path.StartsWith($"webhooks[{webhook}]", StringComparison.Ordinal));
        return new StatusCell(count == 0, count switch { 0 => "none", 1 => "1 field", _ => $"{count} fields" });
    }
}

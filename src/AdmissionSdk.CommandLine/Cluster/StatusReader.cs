using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Finds out how an application's webhooks are in a cluster.</summary>
internal sealed class StatusReader(IKubernetes client, TimeProvider time)
{
    private readonly ClusterConfigurations _cluster = new(client);

    public async Task<IReadOnlyList<StatusRow>> ReadAsync(WebhookRegistry registry, ManifestOptions options, CancellationToken cancellationToken)
    {
        var reachable = options.Url is null
            ? await ReachableAsync(options, cancellationToken)
            : new Finding(true, $"at {options.Url.Host} (not tried)");
        List<StatusRow> rows = [];
        foreach (var configuration in WebhookConfigurations.Create(registry, options))
        {
            var live = await _cluster.FindAsync(configuration, cancellationToken);
            var drifts = ConfigurationDrift.Compare(configuration, live);
            var bundles = Bundles(live);
            rows.AddRange(Bundles(configuration).Keys.Select(name => new StatusRow(
                name,
                configuration is V1MutatingWebhookConfiguration ? "mutating" : "validating",
                reachable,
                live is null ? new Finding(false, "-") : Certificate(bundles.GetValueOrDefault(name)),
                Drift(name, live, drifts))));
        }

        return rows;
    }

    private async Task<Finding> ReachableAsync(ManifestOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.ReadNamespacedServiceAsync(options.ServiceName, options.Namespace, cancellationToken: cancellationToken);
            var slices = await client.CoreV1.ReadNamespacedEndpointsAsync(options.ServiceName, options.Namespace, cancellationToken: cancellationToken);
            var ready = slices.Subsets?.Sum(subset => subset.Addresses?.Count ?? 0) ?? 0;
            return new Finding(ready > 0, ready > 0 ? $"{ready} ready" : "no pod ready");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound)
        {
            return new Finding(false, $"no service {options.Namespace}/{options.ServiceName}");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.Forbidden)
        {
            return new Finding(false, "unknown (no right to read services and endpoints)");
        }
    }

    private Finding Certificate(byte[]? bundle)
    {
        if (bundle is not { Length: > 0 })
        {
            return new Finding(false, "no CA bundle");
        }

        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(Encoding.ASCII.GetString(bundle));
            var until = certificates.Max(certificate => certificate.NotAfter.ToUniversalTime());
            return new Finding(until > time.GetUtcNow().UtcDateTime, $"CA until {until:yyyy-MM-dd}");
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            return new Finding(false, "the CA bundle holds no certificate");
        }
    }

    private static Finding Drift(string webhook, IKubernetesObject<V1ObjectMeta>? live, IReadOnlyList<FieldDrift> drifts)
    {
        if (live is null)
        {
            return new Finding(false, "not installed");
        }

        var count = drifts.Count(drift => !drift.Path.StartsWith("webhooks[", StringComparison.Ordinal) || drift.Path.StartsWith($"webhooks[{webhook}]", StringComparison.Ordinal));
        return new Finding(count == 0, count switch { 0 => "none", 1 => "1 field", _ => $"{count} fields" });
    }

    private static Dictionary<string, byte[]?> Bundles(IKubernetesObject<V1ObjectMeta>? configuration) => configuration switch
    {
        V1MutatingWebhookConfiguration mutating => mutating.Webhooks.ToDictionary(webhook => webhook.Name, webhook => (byte[]?)webhook.ClientConfig.CaBundle, StringComparer.Ordinal),
        V1ValidatingWebhookConfiguration validating => validating.Webhooks.ToDictionary(webhook => webhook.Name, webhook => (byte[]?)webhook.ClientConfig.CaBundle, StringComparer.Ordinal),
        _ => [],
    };
}

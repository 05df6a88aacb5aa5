using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>The cluster behind a client.</summary>
internal sealed class CertificateCluster(IKubernetes client, ManifestOptions target, string secretName, TimeSpan timeout, TimeProvider time)
    : ICertificateCluster
{
    /// <summary>The field manager of CA bundles: another than that of <c>apply</c>, which does not name them and would take them away.</summary>
    public const string FieldManager = "admission-sdk-certificates";

    private string Secret => $"the Secret {target.Namespace}/{secretName}";

    public async Task<V1Secret> ReadSecretAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(token => client.CoreV1.ReadNamespacedSecretAsync(secretName, target.Namespace, cancellationToken: token), $"get {Secret}", cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new ClusterProblemException($"{Secret} does not exist: apply the certificate.yaml that `manifests` writes, which creates it empty", exception);
        }
    }

    public async Task<bool> TryWriteSecretAsync(V1Secret read, ManagedState state, CancellationToken cancellationToken)
    {
        // The rest of what was read goes back too: labels and annotations are other people's.
        read.Data = state.ToData();
        try
        {
            await RunAsync(
                token => client.CoreV1.ReplaceNamespacedSecretAsync(read, secretName, target.Namespace, fieldManager: FieldManager, cancellationToken: token),
                $"update {Secret}",
                cancellationToken);
            return true;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    public async Task<LiveBundles> ReadBundlesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var api = client.AdmissionregistrationV1;
            var name = target.ConfigurationName;
            List<LiveConfiguration> found = [];
            if (await FindAsync(token => api.ReadMutatingWebhookConfigurationAsync(name, cancellationToken: token), cancellationToken) is { } mutating)
            {
                found.Add(Live(mutating));
            }

            if (await FindAsync(token => api.ReadValidatingWebhookConfigurationAsync(name, cancellationToken: token), cancellationToken) is { } validating)
            {
                found.Add(Live(validating));
            }

            return new LiveBundles(found);
        }
        catch (ClusterProblemException exception)
        {
            return new LiveBundles([], exception.Message);
        }
    }

    public async Task<LiveConfiguration?> InjectAsync(LiveConfiguration configuration, string bundle, CancellationToken cancellationToken)
    {
        var live = configuration.Object;
        var bytes = Convert.ToBase64String(Encoding.ASCII.GetBytes(bundle));
        var apply = new JsonObject
        {
            ["apiVersion"] = live.ApiVersion,
            ["kind"] = live.Kind,
            // With the version, a webhook that was removed meanwhile is a conflict, and not half a webhook.
            ["metadata"] = new JsonObject { ["name"] = live.Metadata.Name, ["resourceVersion"] = live.Metadata.ResourceVersion },
            ["webhooks"] = new JsonArray([.. configuration.Bundles.Keys.Select(name => new JsonObject { ["name"] = name, ["clientConfig"] = new JsonObject { ["caBundle"] = bytes } })]),
        };
        var patch = new V1Patch(apply.ToJsonString(), V1Patch.PatchType.ApplyPatch);
        var (api, name, right) = (client.AdmissionregistrationV1, live.Metadata.Name, $"patch {configuration.Subject}");
        try
        {
            return live is V1MutatingWebhookConfiguration
                ? Live(await RunAsync(token => api.PatchMutatingWebhookConfigurationAsync(patch, name, fieldManager: FieldManager, force: true, cancellationToken: token), right, cancellationToken))
                : Live(await RunAsync(token => api.PatchValidatingWebhookConfigurationAsync(patch, name, fieldManager: FieldManager, force: true, cancellationToken: token), right, cancellationToken));
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Another replica was first, or somebody deleted it: the next look tells.
            return null;
        }
    }

    public Task RecordAsync(LiveConfiguration configuration, string reason, string message, CancellationToken cancellationToken) =>
        ClusterEvent.TryRecordAsync(client, configuration.Object, (target.App, reason, message), time.GetUtcNow(), cancellationToken);

    private static LiveConfiguration Live(V1MutatingWebhookConfiguration configuration)
    {
        (configuration.ApiVersion, configuration.Kind) = ("admissionregistration.k8s.io/v1", V1MutatingWebhookConfiguration.KubeKind);
        return new LiveConfiguration(configuration, Bundles((configuration.Webhooks ?? []).Select(webhook => (webhook.Name, webhook.ClientConfig?.CaBundle))));
    }

    private static LiveConfiguration Live(V1ValidatingWebhookConfiguration configuration)
    {
        (configuration.ApiVersion, configuration.Kind) = ("admissionregistration.k8s.io/v1", V1ValidatingWebhookConfiguration.KubeKind);
        return new LiveConfiguration(configuration, Bundles((configuration.Webhooks ?? []).Select(webhook => (webhook.Name, webhook.ClientConfig?.CaBundle))));
    }

    // All webhooks, also those of an older or a newer version of the application in a roll-out: one CA is behind all.
    private static Dictionary<string, byte[]?> Bundles(IEnumerable<(string Name, byte[]? CaBundle)> webhooks) =>
        webhooks.ToDictionary(webhook => webhook.Name, webhook => webhook.CaBundle, StringComparer.Ordinal);

    private async Task<T?> FindAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var right = $"get the webhook configurations {target.ConfigurationName}";
        try
        {
            return await RunAsync(read, right, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Runs a request within the time. Not found and conflict stay what they are, because they are outcomes.</summary>
    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> request, string right, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await request(linked.Token);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            throw;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterProblemException(ClusterProblemException.Describe(exception, right), exception);
        }
    }
}

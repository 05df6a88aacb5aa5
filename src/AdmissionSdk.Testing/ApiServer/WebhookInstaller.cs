using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Installs webhook configurations that point at a test's own host, and waits until the API server acts on them.</summary>
/// <param name="client">An administrator's client.</param>
/// <param name="replaceLeftovers">True to replace a configuration that an earlier test run left behind.</param>
/// <param name="timeout">The longest wait for the API server.</param>
/// <param name="cleanup">Deletes the configurations at the end.</param>
internal sealed class WebhookInstaller(IKubernetes client, bool replaceLeftovers, TimeSpan timeout, Cleanup cleanup)
{
    public async Task<IAsyncDisposable> InstallAsync(
        IEnumerable<IKubernetesObject<V1ObjectMeta>> configurations, Uri baseAddress, byte[] caBundle, CancellationToken cancellationToken)
    {
        if (baseAddress.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"The API server calls webhooks over https only; the address is {baseAddress}.", nameof(baseAddress));
        }

        IKubernetesObject<V1ObjectMeta>[] rewritten = [.. configurations.Select(configuration => ClientConfigRewriter.Rewrite(configuration, baseAddress, caBundle))];
        if (rewritten.Length == 0)
        {
            throw new ArgumentException("The configurations to install are empty: pass at least one webhook configuration.", nameof(configurations));
        }

        await BackendProbe.CheckAsync(baseAddress, caBundle, cancellationToken);
        return await InstalledWebhooks.InstallAsync(client, timeout, rewritten, replaceLeftovers, cleanup, cancellationToken);
    }

    /// <summary>Waits until the API server acts on every configuration in the cluster.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var mutating = await client.AdmissionregistrationV1.ListMutatingWebhookConfigurationAsync(cancellationToken: cancellationToken);
        var validating = await client.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync(cancellationToken: cancellationToken);
        V1RuleWithOperations[] rules =
        [
            .. mutating.Items.SelectMany(item => item.Webhooks ?? []).SelectMany(webhook => webhook.Rules ?? []),
            .. validating.Items.SelectMany(item => item.Webhooks ?? []).SelectMany(webhook => webhook.Rules ?? []),
        ];
        var barrier = new InstallationBarrier(client, timeout);
        await barrier.PassAsync(mutating: true, rules, cancellationToken);
        await barrier.PassAsync(mutating: false, rules, cancellationToken);
    }
}

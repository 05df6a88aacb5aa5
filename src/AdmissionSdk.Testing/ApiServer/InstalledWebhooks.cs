using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Webhook configurations in force. Disposing takes the configurations out of force again.</summary>
internal sealed class InstalledWebhooks : IAsyncDisposable
{
    private readonly IKubernetes _client;
    private readonly TimeSpan _timeout;
    private readonly List<IKubernetesObject<V1ObjectMeta>> _configurations = [];
    private bool _disposed;

    private InstalledWebhooks(IKubernetes client, TimeSpan timeout)
    {
        _client = client;
        _timeout = timeout;
    }

    public static async Task<InstalledWebhooks> InstallAsync(
        IKubernetes client,
        TimeSpan timeout,
        IEnumerable<IKubernetesObject<V1ObjectMeta>> configurations,
        bool replaceLeftovers,
        Cleanup cleanup,
        CancellationToken cancellationToken)
    {
        var installed = new InstalledWebhooks(client, timeout);
        try
        {
            foreach (var configuration in configurations)
            {
                await ClusterWebhookConfigurations.InstallAsync(client, configuration, replaceLeftovers, cancellationToken);
                installed._configurations.Add(configuration);
                cleanup.Add(token => ClusterWebhookConfigurations.DeleteAsync(client, configuration, token));
            }

            await installed.WaitAsync(cancellationToken);
            return installed;
        }
        catch
        {
            await installed.DeleteAsync(CancellationToken.None);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await DeleteAsync(CancellationToken.None);
        await WaitAsync(CancellationToken.None);
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var configuration in _configurations)
        {
            await ClusterWebhookConfigurations.DeleteAsync(_client, configuration, cancellationToken);
        }
    }

    /// <summary>Waits until the API server has seen this installation's last change of each kind.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var barrier = new InstallationBarrier(_client, _timeout);
        V1RuleWithOperations[] rules = [.. _configurations.SelectMany(Rules)];
        foreach (var mutating in _configurations.Select(configuration => configuration is V1MutatingWebhookConfiguration).Distinct())
        {
            await barrier.PassAsync(mutating, rules, cancellationToken);
        }
    }

    private static IEnumerable<V1RuleWithOperations> Rules(IKubernetesObject<V1ObjectMeta> configuration) => configuration switch
    {
        V1MutatingWebhookConfiguration mutating => mutating.Webhooks.SelectMany(webhook => webhook.Rules ?? []),
        V1ValidatingWebhookConfiguration validating => validating.Webhooks.SelectMany(webhook => webhook.Rules ?? []),
        _ => [],
    };
}

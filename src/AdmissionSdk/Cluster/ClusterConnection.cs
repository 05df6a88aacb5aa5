using AdmissionSdk.Observability;
using AdmissionSdk.Quoting;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Cluster;

/// <summary>
/// The cluster that look-ups ask: that of the <c>IKubernetes</c> in dependency injection, else that of the pod's service account, else that of the
/// kubeconfig. Without any of them look-ups are unknown, and the application serves.
/// </summary>
internal sealed class ClusterConnection(IServiceProvider services, ClusterFinder find, ILogger<ClusterConnection> logger) : IDisposable
{
    /// <summary>The reason of look-ups without a cluster, fit for a user's eyes.</summary>
    public const string Nowhere = "no cluster is known where this webhook runs";

    private const int LongestReason = 500;

    private readonly Lock _lock = new();
    private IKubernetes? _client;
    private IKubernetes? _own;
    private bool _isSought;

    /// <summary>Gets the client; null if no cluster can be asked, which is logged once.</summary>
    public IKubernetes? Find()
    {
        lock (_lock)
        {
            if (!_isSought)
            {
                _isSought = true;
                _client = Seek();
            }

            return _client;
        }
    }

    /// <summary>Answers look-ups from elsewhere than from a cluster, which is not sought then.</summary>
    /// <param name="client">The client of what is asked in place of a cluster.</param>
    public void Replace(IKubernetes client)
    {
        lock (_lock)
        {
            (_client, _isSought) = (client, true);
        }
    }

    public void Dispose() => _own?.Dispose();

    private IKubernetes? Seek()
    {
        try
        {
            return services.GetService<IKubernetes>() ?? (_own = find());
        }
        catch (Exception exception)
        {
            // KubernetesClient throws exceptions of any type for a broken kubeconfig.
            logger.ClusterNotKnown(ShownText.ToLine(exception.Message, LongestReason));
            return null;
        }
    }
}

using System.Globalization;
using System.Text;
using AdmissionSdk.ManagedCertificates;
using k8s.Models;

namespace AdmissionSdk.Tests.Support;

/// <summary>The Secret and the configuration that replicas share, with the API server's optimistic concurrency, and with everything that people can do to them.</summary>
internal sealed class SharedCluster
{
    public const string Configuration = "ValidatingWebhookConfiguration/pod-guard.pod-guard";
    private int _version;

    /// <summary>The data of the Secret; null for a Secret that does not exist.</summary>
    public IDictionary<string, byte[]>? Secret { get; set; } = new Dictionary<string, byte[]>();

    /// <summary>The bundle of the configuration's one webhook; null for a configuration that does not exist.</summary>
    public byte[]? Bundle { get; set; }

    public bool HasConfiguration { get; set; } = true;

    public bool IsFilledByCertManager { get; set; }

    /// <summary>The field manager of the last change of the bundle.</summary>
    public string Manager { get; set; } = CertificateCluster.FieldManager;

    /// <summary>A refusal of every request for the Secret, and one of every request for the configuration.</summary>
    public (string? Secret, string? Configuration) Refusal { get; set; }

    /// <summary>The number of writes of the Secret, and of the configuration.</summary>
    public (int Secret, int Configuration) Writes { get; private set; }

    /// <summary>The recorded events.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Runs once, right before the next write of the Secret, as another replica would.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public ICertificateCluster Connect() => new Connection(this);

    public void Overwrite(string bundle, string manager)
    {
        (Bundle, Manager) = (Encoding.ASCII.GetBytes(bundle), manager);
        _version++;
    }

    private sealed class Connection(SharedCluster cluster) : ICertificateCluster
    {
        public Task<V1Secret> ReadSecretAsync(CancellationToken cancellationToken)
        {
            Refuse(cluster.Refusal.Secret ?? (cluster.Secret is null ? "the Secret does not exist" : null));
            return Task.FromResult(new V1Secret
            {
                Metadata = new V1ObjectMeta { ResourceVersion = Version },
                Data = new Dictionary<string, byte[]>(cluster.Secret!),
            });
        }

        public async Task<bool> TryWriteSecretAsync(V1Secret read, ManagedState state, CancellationToken cancellationToken)
        {
            Refuse(cluster.Refusal.Secret);
            var meanwhile = cluster.Meanwhile;
            cluster.Meanwhile = null;
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            if (cluster.Secret is null || read.Metadata.ResourceVersion != Version)
            {
                return false;
            }

            cluster.Secret = state.ToData();
            cluster._version++;
            cluster.Writes = (cluster.Writes.Secret + 1, cluster.Writes.Configuration);
            return true;
        }

        public Task<LiveBundles> ReadBundlesAsync(CancellationToken cancellationToken) => Task.FromResult(
            cluster.Refusal.Configuration is { } refusal ? new LiveBundles([], refusal)
            : new LiveBundles(cluster.HasConfiguration ? [Live()] : []));

        public Task<LiveConfiguration?> InjectAsync(LiveConfiguration configuration, string bundle, CancellationToken cancellationToken)
        {
            Refuse(cluster.Refusal.Configuration);
            cluster.Overwrite(bundle, CertificateCluster.FieldManager);
            cluster.Writes = (cluster.Writes.Secret, cluster.Writes.Configuration + 1);
            return Task.FromResult<LiveConfiguration?>(Live());
        }

        public Task RecordAsync(LiveConfiguration configuration, string reason, string message, CancellationToken cancellationToken)
        {
            cluster.Events.Add($"{reason}: {message}");
            return Task.CompletedTask;
        }

        private string Version => cluster._version.ToString(CultureInfo.InvariantCulture);

        private LiveConfiguration Live() => new(
            new V1ValidatingWebhookConfiguration
            {
                Kind = V1ValidatingWebhookConfiguration.KubeKind,
                Metadata = new V1ObjectMeta
                {
                    Name = "pod-guard.pod-guard",
                    Annotations = cluster.IsFilledByCertManager ? new Dictionary<string, string> { [LiveConfiguration.Injection] = "a/b" } : null,
                    ManagedFields = [new V1ManagedFieldsEntry { Manager = cluster.Manager, FieldsV1 = new Dictionary<string, object> { ["f:caBundle"] = new Dictionary<string, object>() } }],
                },
            },
            new Dictionary<string, byte[]?> { ["guard.example.com"] = cluster.Bundle });

        private static void Refuse(string? refusal)
        {
            if (refusal is not null)
            {
                throw new ClusterProblemException(refusal);
            }
        }
    }
}

using AdmissionSdk.Health;
using AdmissionSdk.Observability;
using k8s;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Cluster;

/// <summary>Keeps the labels of namespaces by a list and then watches, and serves look-ups from memory while the labels are fresh.</summary>
internal sealed class NamespaceCache : BackgroundService, INamespaceLookup, IStartupGate
{
    private const int PageSize = 500;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ClusterConnection _connection;
    private readonly IClusterLookup _lookup;
    private readonly LookupUse _use;
    private readonly NamespaceLookupOptions _options;
    private readonly NamespaceStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<NamespaceCache> _logger;
    private readonly long _created;
    private volatile bool _isIdle;

    public NamespaceCache(
        ClusterConnection connection,
        IClusterLookup lookup,
        LookupUse use,
        IOptions<NamespaceLookupOptions> options,
        TimeProvider time,
        ILogger<NamespaceCache> logger)
    {
        (_connection, _lookup, _use, _options, _time, _logger) = (connection, lookup, use, options.Value, time, logger);
        _store = new NamespaceStore(_options.MaxNamespaces, time);
        _created = time.GetTimestamp();
    }

    /// <summary>True once the first list has come, or readiness has waited long enough; true from the start if no list will come.</summary>
    public bool IsOpen => _store.IsFilled || _isIdle || _time.GetElapsedTime(_created) >= _options.FirstSyncTimeout;

    public string WaitingFor => "the first list of namespaces";

    internal int Count => _store.Count;

    public async ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        cancellationToken.ThrowIfCancellationRequested();
        if (_store.IsFresh(_options.MaxStaleness) && _store.Find(name) is { } known)
        {
            return LookupResult<NamespaceLabels>.Found(known);
        }

        // The namespace is new, beyond the capacity, or stale: only the cluster knows.
        return _lookup is ClusterLookup own
            ? await own.GetAsync((client, token) => ReadAsync(client, name, token), _options.Timeout, cancellationToken)
            : await _lookup.GetAsync((client, token) => ReadAsync(client, name, token), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A test, or an application, that replaced a look-up wants no other cluster to be asked.
        if (!_use.OwnsNamespaces || !_use.OwnsCluster || _connection.Find() is not { } client)
        {
            _isIdle = true;
            return;
        }

        await FollowAsync(client, stoppingToken);
    }

    private static async Task<NamespaceLabels> ReadAsync(IKubernetes client, string name, CancellationToken cancellationToken) =>
        NamespaceStore.Labels(await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancellationToken));

    private async Task FollowAsync(IKubernetes client, CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        string? version = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var watch = new NamespaceWatch(client, _store, _time);
            Exception? failure = null;
            try
            {
                version ??= await ListAsync(client, stoppingToken);
                version = await watch.FollowAsync(version, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // After any failure: list again, and let look-ups ask the cluster meanwhile.
                (failure, version) = (exception, null);
            }

            // A list alone proves nothing, because watches may be refused.
            pause = watch.WasUseful ? FirstPause : pause;
            if (failure is not null)
            {
                _logger.NamespacesUnreachable(failure, pause);
            }
            else if (watch.Lived)
            {
                continue;
            }

            await Task.Delay(pause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Reads all namespaces, page by page, and returns the version to watch from.</summary>
    private async Task<string> ListAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? next = null;
        while (true)
        {
            var page = await client.CoreV1.ListNamespaceAsync(limit: PageSize, continueParameter: next, cancellationToken: cancellationToken);
            foreach (var @namespace in page.Items)
            {
                names.Add(@namespace.Metadata.Name);
                _store.Put(@namespace);
            }

            next = page.Metadata.ContinueProperty;
            if (string.IsNullOrEmpty(next))
            {
                _store.KeepOnly(names);
                _store.Heard();
                _logger.NamespacesListed(_store.Count);
                return page.Metadata.ResourceVersion;
            }
        }
    }
}

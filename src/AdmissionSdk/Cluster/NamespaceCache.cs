using System.Net;
using AdmissionSdk.Health;
using AdmissionSdk.Observability;
using k8s;
using k8s.Autorest;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Cluster;

/// <summary>Keeps the labels of namespaces by one list and then a watch, again and again, and answers look-ups from them while they are fresh.</summary>
internal sealed class NamespaceCache : BackgroundService, INamespaceLookup, IStartupGate
{
    private const int PageSize = 500;

    // The API server ends a watch after this; until then it sends bookmarks about once a minute, which say that it is alive.
    private const int WatchSeconds = 240;
    // And should its end not be noticed, by the client or by TCP, we end it.
    private static readonly TimeSpan WatchPatience = TimeSpan.FromSeconds(WatchSeconds + 30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly IKubernetes _client;
    private readonly ClusterLookup _lookup;
    private readonly NamespaceLookupOptions _options;
    private readonly NamespaceStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<NamespaceCache> _logger;
    private readonly long _created;

    public NamespaceCache(
        IKubernetes client, ClusterLookup lookup, IOptions<NamespaceLookupOptions> options, TimeProvider time, ILogger<NamespaceCache> logger)
    {
        (_client, _lookup, _options, _time, _logger) = (client, lookup, options.Value, time, logger);
        _store = new NamespaceStore(_options.MaxNamespaces, time);
        _created = time.GetTimestamp();
    }

    /// <summary>The first list has come, or readiness has waited long enough.</summary>
    public bool IsOpen => _store.IsFilled || _time.GetElapsedTime(_created) >= _options.FirstSyncTimeout;

    public string WaitingFor => "the first list of namespaces";

    internal int Count => _store.Count;

    public async ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_store.IsFresh(_options.MaxStaleness) && _store.Find(name) is { } known)
        {
            return LookupResult<NamespaceLabels>.Found(known);
        }

        // Made a moment ago, more than fit, or nothing fresh: only the cluster knows.
        return await _lookup.GetAsync(
            async (client, token) => NamespaceStore.Labels(await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: token)),
            _options.Timeout,
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var version = await ListAsync(stoppingToken);
                pause = FirstPause;
                _logger.NamespacesListed(_store.Count);
                while (version is not null)
                {
                    version = await WatchAsync(version, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was, the answer is the same: try again, and let look-ups ask for themselves meanwhile.
                _logger.NamespacesUnreachable(exception, pause);
                await Task.Delay(pause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Takes in all namespaces, page by page; the version to watch from.</summary>
    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? next = null;
        while (true)
        {
            var page = await _client.CoreV1.ListNamespaceAsync(limit: PageSize, continueParameter: next, cancellationToken: cancellationToken);
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
                return page.Metadata.ResourceVersion;
            }
        }
    }

    /// <summary>Follows changes until the watch ends; the version to go on from, or null when the list must be taken again.</summary>
    private async Task<string?> WatchAsync(string version, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(WatchPatience, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await FollowAsync(version, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<string?> FollowAsync(string version, CancellationToken cancellationToken)
    {
        Exception? error = null;
        var events = _client.CoreV1.WatchListNamespaceAsync(
            allowWatchBookmarks: true,
            resourceVersion: version,
            timeoutSeconds: WatchSeconds,
            onError: exception => error = exception,
            cancellationToken: cancellationToken);
        await foreach (var (type, @namespace) in events.WithCancellation(cancellationToken))
        {
            if (type == WatchEventType.Error)
            {
                return null;
            }

            _store.Heard();
            version = @namespace.Metadata.ResourceVersion;
            if (type == WatchEventType.Deleted)
            {
                _store.Remove(@namespace);
            }
            else if (type is WatchEventType.Added or WatchEventType.Modified)
            {
                _store.Put(@namespace);
            }
        }

        return error switch
        {
            null => version,
            // The version is too old to go on from.
            KubernetesException => null,
            HttpOperationException { Response.StatusCode: HttpStatusCode.Gone } => null,
            _ => throw new IOException("the watch of namespaces broke", error),
        };
    }
}

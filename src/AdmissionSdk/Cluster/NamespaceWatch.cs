using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Cluster;

/// <summary>One watch of namespaces, from a version to its end.</summary>
internal sealed class NamespaceWatch(IKubernetes client, NamespaceStore store, TimeProvider time)
{
    // The API server ends a watch after this time, and sends bookmarks about once a minute, which show that the watch is alive.
    private const int Seconds = 240;
    // Neither the client nor TCP may notice the end of a watch.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Seconds + 30);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private long _began;
    private long _ended;
    private int _events;

    /// <summary>True if the watch lasted long enough for the next watch to begin at once.</summary>
    public bool Lived => _began != 0 && time.GetElapsedTime(_began, _ended) >= Short;

    /// <summary>True if the watch lasted, or delivered an event.</summary>
    public bool WasUseful => _events > 0 || Lived;

    /// <summary>Follows changes until the watch ends, and returns the version to go on from, or null when namespaces must be listed again.</summary>
    /// <exception cref="KubernetesException">The API server broke the watch off.</exception>
    /// <exception cref="Exception">The watch was refused, or the connection broke.</exception>
    public async Task<string?> FollowAsync(string version, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        _began = time.GetTimestamp();
        try
        {
            return await ReadAsync(version, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _ended = time.GetTimestamp();
        }
    }

    private async Task<string?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        Exception? error = null;
        var events = client.CoreV1.WatchListNamespaceAsync(
            allowWatchBookmarks: true,
            resourceVersion: version,
            timeoutSeconds: Seconds,
            onError: exception => error = exception,
            cancellationToken: cancellationToken);
        try
        {
            await foreach (var (type, @namespace) in events.WithCancellation(cancellationToken))
            {
                Take(type, @namespace);
                version = @namespace.Metadata.ResourceVersion;
            }
        }
        catch (HttpRequestException exception) when (exception.InnerException is EndOfStreamException)
        {
            // The client takes a watch that ended without an event for a broken stream.
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Gone)
        {
            return null;
        }

        if (error is not null)
        {
            // A version that is too old to go on from is not a fault.
            return error is KubernetesException { Status.Code: (int)HttpStatusCode.Gone } ? null : throw new IOException("the watch of namespaces broke", error);
        }

        if (time.GetElapsedTime(_began) >= Short)
        {
            store.Heard();
        }

        return version;
    }

    private void Take(WatchEventType type, V1Namespace @namespace)
    {
        if (type == WatchEventType.Error)
        {
            throw new IOException("the watch of namespaces broke, and the API server gave no reason");
        }

        _events++;
        store.Heard();
        if (type == WatchEventType.Deleted)
        {
            store.Remove(@namespace);
        }
        else if (type is WatchEventType.Added or WatchEventType.Modified)
        {
            store.Put(@namespace);
        }
    }
}

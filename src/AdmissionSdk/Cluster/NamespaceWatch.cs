using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Cluster;

/// <summary>One watch of namespaces, from a version to its end.</summary>
internal sealed class NamespaceWatch(IKubernetes client, NamespaceStore store, TimeProvider time)
{
    // The API server ends a watch after this; until then it sends bookmarks about once a minute, which say that it is alive.
    private const int Seconds = 240;
    // And should its end not be noticed, by the client or by TCP, we end it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Seconds + 30);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private long _began;
    private long _ended;
    private int _events;

    /// <summary>Whether it lasted long enough for the next one to begin at once.</summary>
    public bool Lived => _began != 0 && time.GetElapsedTime(_began, _ended) >= Short;

    /// <summary>Whether it lasted, or told something.</summary>
    public bool WasOfUse => _events > 0 || Lived;

    /// <summary>Follows changes until the watch ends; the version to go on from, or null when the list must be taken again.</summary>
    /// <exception cref="KubernetesException">The API server broke it off.</exception>
    /// <exception cref="Exception">It was refused, or the connection broke.</exception>
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
            // The client waits for the first line, and takes it for a fault that there was none: nothing happened, and the server ended the watch.
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Gone)
        {
            return null;
        }

        if (error is not null)
        {
            // Too old a version to go on from is no fault.
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
            throw new IOException("the watch of namespaces broke, and the API server did not say why");
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

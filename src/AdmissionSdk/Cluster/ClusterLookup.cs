using System.Net;
using k8s;
using k8s.Autorest;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Cluster;

/// <summary>Calls the API server for handlers, and turns every failure into Unknown.</summary>
internal sealed class ClusterLookup(ClusterConnection connection, IOptions<ClusterLookupOptions> options, TimeProvider time) : IClusterLookup, IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrent);

    public ValueTask<LookupResult<T>> GetAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> get, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(get);
        return GetAsync(get, options.Value.Timeout, cancellationToken);
    }

    public async ValueTask<LookupResult<T>> GetAsync<T>(
        Func<IKubernetes, CancellationToken, Task<T>> get, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (connection.Find() is not { } client)
        {
            return LookupResult<T>.Unknown(ClusterConnection.Nowhere);
        }

        if (!_places.Wait(0, CancellationToken.None))
        {
            return LookupResult<T>.Unknown("too many look-ups are under way");
        }

        try
        {
            using var timer = new CancellationTokenSource(timeout, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            return await AskAsync(token => get(client, token), timeout, linked.Token, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Makes a call, and turns its outcome into one of the three results.</summary>
    /// <param name="get">The call.</param>
    /// <param name="timeout">The timeout, for the reason.</param>
    /// <param name="linked">Fires after the timeout, and with the handler's token.</param>
    /// <param name="handler">The handler's token.</param>
    internal static async Task<LookupResult<T>> AskAsync<T>(
        Func<CancellationToken, Task<T>> get, TimeSpan timeout, CancellationToken linked, CancellationToken handler)
        where T : class
    {
        try
        {
            return await get(linked).WaitAsync(linked) is { } found ? LookupResult<T>.Found(found) : LookupResult<T>.NotFound();
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return LookupResult<T>.NotFound();
        }
        catch (HttpOperationException exception)
        {
            return LookupResult<T>.Unknown($"the API server answered {(int)exception.Response.StatusCode}");
        }
        catch (LookupUnknownException exception)
        {
            return LookupResult<T>.Unknown(exception.Message);
        }
        catch (OperationCanceledException) when (!handler.IsCancellationRequested)
        {
            return LookupResult<T>.Unknown($"the API server did not answer within {timeout.TotalSeconds:0.###} s");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A missing route, a bad certificate and broken JSON are the same to a handler, and the exception's text may name hosts.
            return LookupResult<T>.Unknown($"the API server could not be asked ({exception.GetType().Name})");
        }
    }
}

using k8s;

namespace AdmissionSdk.Cluster;

/// <summary>Asks the API server about other objects while a review waits: with a deadline, few at once, and an explicit Unknown.</summary>
public interface IClusterLookup
{
    /// <summary>Looks an object up.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="get">The call, such as <c>(client, token) => client.CoreV1.ReadNamespacedConfigMapAsync(name, "default", cancellationToken: token)</c>.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <returns>Found; not found on 404; unknown on any other error, after <see cref="ClusterLookupOptions.Timeout"/>, or when too many look-ups run.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    ValueTask<LookupResult<T>> GetAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> get, CancellationToken cancellationToken)
        where T : class;
}

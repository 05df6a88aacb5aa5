using k8s.Models;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>The part of a cluster in which managed certificates live.</summary>
internal interface ICertificateCluster
{
    /// <summary>Reads the Secret.</summary>
    /// <exception cref="ClusterProblemException">The Secret is missing, may not be read, or the API server did not respond.</exception>
    Task<V1Secret> ReadSecretAsync(CancellationToken cancellationToken);

    /// <summary>Writes the Secret unless it changed since it was read; false if it did.</summary>
    /// <exception cref="ClusterProblemException">The Secret may not be written, or the API server did not respond.</exception>
    Task<bool> TryWriteSecretAsync(V1Secret read, ManagedState state, CancellationToken cancellationToken);

    /// <summary>Reads the application's webhook configurations; a failure is part of the result.</summary>
    Task<LiveBundles> ReadBundlesAsync(CancellationToken cancellationToken);

    /// <summary>Puts a CA bundle into each webhook of a configuration, and returns the configuration afterwards; null if it changed since it was read.</summary>
    /// <exception cref="ClusterProblemException">The configuration may not be changed, or the API server did not respond.</exception>
    Task<LiveConfiguration?> InjectAsync(LiveConfiguration configuration, string bundle, CancellationToken cancellationToken);

    /// <summary>Records an event about a configuration, if the API server takes it.</summary>
    Task RecordAsync(LiveConfiguration configuration, string reason, string message, CancellationToken cancellationToken);
}

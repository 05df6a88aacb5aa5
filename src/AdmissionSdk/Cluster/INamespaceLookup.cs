namespace AdmissionSdk.Cluster;

/// <summary>Looks up the labels of namespaces, from memory as a rule. Registered by <c>AddNamespaceLookup</c>.</summary>
public interface INamespaceLookup
{
    /// <summary>Looks a namespace up.</summary>
    /// <param name="name">The namespace's name.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <returns>
    /// The labels from memory while the cache is in step with the cluster. A namespace that the cache lacks, and any namespace while the cache is cold
    /// or cut off for longer than <see cref="NamespaceLookupOptions.MaxStaleness"/>, is read from the API server; if reading fails or takes longer than
    /// <see cref="NamespaceLookupOptions.Timeout"/>, the status is <see cref="LookupStatus.Unknown"/>, never a guess.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken);
}

namespace AdmissionSdk.Cluster;

/// <summary>Knows the labels of namespaces, from memory as a rule. Added by <c>AddNamespaceLookup</c>.</summary>
public interface INamespaceLookup
{
    /// <summary>Looks a namespace up.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">The handler's token.</param>
    /// <returns>
    /// From memory while the cache is in step with the cluster. A namespace it does not have, and any while it is cold or has been cut off for longer
    /// than <see cref="NamespaceLookupOptions.MaxStaleness"/>, is asked for by itself; if that fails or takes longer than
    /// <see cref="NamespaceLookupOptions.Timeout"/> the answer is <see cref="LookupStatus.Unknown"/>, never a guess.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken);
}

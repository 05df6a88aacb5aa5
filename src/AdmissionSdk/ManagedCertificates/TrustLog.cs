namespace AdmissionSdk.ManagedCertificates;

/// <summary>
/// Remembers since when this replica has seen every configuration trust a CA. By its own clock that only runs forward, because replicas' clocks differ.
/// </summary>
internal sealed class TrustLog(TimeProvider time)
{
    private readonly Dictionary<string, long> _since = new(StringComparer.Ordinal);

    /// <summary>Takes note of what the configurations trust; of nothing if they could not be read.</summary>
    public void Observe(LiveBundles live, params IEnumerable<string?> authorities)
    {
        if (live.Failure is not null)
        {
            return;
        }

        var trusted = authorities.OfType<string>().Where(live.Trust).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _since.Keys.Where(key => !trusted.Contains(key)).ToList())
        {
            _since.Remove(gone);
        }

        foreach (var authority in trusted)
        {
            _since.TryAdd(authority, time.GetTimestamp());
        }
    }

    /// <summary>True if all have trusted a CA for this long.</summary>
    public bool HasTrusted(string authority, TimeSpan least) => _since.TryGetValue(authority, out var since) && time.GetElapsedTime(since) >= least;
}

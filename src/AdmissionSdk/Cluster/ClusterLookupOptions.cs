namespace AdmissionSdk.Cluster;

/// <summary>Settings of <see cref="IClusterLookup"/>.</summary>
public sealed class ClusterLookupOptions
{
    /// <summary>The longest that one look-up may take.</summary>
    /// <value>The default is 1 second: a look-up is only part of a review, whose own timeout is 5 by default.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most look-ups that run at once. A further look-up is unknown at once, so that callers who can post reviews cannot flood the API server.</summary>
    /// <value>The default is 32.</value>
    public int MaxConcurrent { get; set; } = 32;
}

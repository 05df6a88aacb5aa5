namespace AdmissionSdk.Cluster;

/// <summary>Settings of <see cref="IClusterLookup"/>.</summary>
public sealed class ClusterLookupOptions
{
    /// <summary>The time that one look-up may take.</summary>
    /// <value>The default is 1 second: a look-up is only part of a review, whose own timeout is 5 seconds by default.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The look-ups that may run at once. A look-up beyond the limit is unknown at once: callers who can post reviews must not be able to flood the API server through look-ups.</summary>
    /// <value>The default is 32.</value>
    public int MaxConcurrent { get; set; } = 32;
}

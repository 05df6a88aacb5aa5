namespace AdmissionSdk.Cluster;

/// <summary>Settings of <see cref="IClusterLookup"/>.</summary>
public sealed class ClusterLookupOptions
{
    /// <summary>How long one look-up may take.</summary>
    /// <value>The default is 1 second: a look-up is only part of a review, whose own timeout is 5 by default.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many look-ups may run at once. One more is unknown at once: whoever can post reviews must not be able to flood the API server through them.</summary>
    /// <value>The default is 32.</value>
    public int MaxConcurrent { get; set; } = 32;
}

namespace AdmissionSdk.Connections;

/// <summary>
/// Limits of the listener of <c>AddAdmissionTls</c>, and of requests on every listener, from <c>services.Configure&lt;AdmissionConnectionOptions&gt;</c> or the configuration
/// section <c>AdmissionWebhooks:Connections</c>, which wins. Read once, at start. A limit that is met closes the connection that is missed least, and the newcomer is let in.
/// </summary>
public sealed class AdmissionConnectionOptions
{
    internal const int FewestConnections = 16;
    internal const int MostConnections = 100_000;

    /// <summary>The most connections at once. An API server keeps 25 idle ones, and opens one more for each review at the same time (contract 6.3, 6.4).</summary>
    /// <value>The default is null: as many as fit into the memory of the process, 64 to 4,096; 537 in a container of 512 MiB.</value>
    public int? MaxConnections { get; set; }

    /// <summary>
    /// The most connections from one address, or one IPv6 network of 64 bits, that have not brought a review yet. Connections that have are not counted, so that the limit holds
    /// where all API servers come from one address.
    /// </summary>
    /// <value>The default is null: half of <see cref="MaxConnections"/>.</value>
    public int? MaxConnectionsPerAddress { get; set; }

    /// <summary>The most TLS handshakes at once.</summary>
    /// <value>The default is null: half of <see cref="MaxConnections"/>.</value>
    public int? MaxHandshakes { get; set; }

    /// <summary>The most reviews at once that were accepted and are not answered yet, whatever their size, on all listeners.</summary>
    /// <value>The default is null: as many as fit into the memory of the process if every caller stalls, 32 to 2,048; 421 in a container of 512 MiB.</value>
    public int? MaxRequests { get; set; }

    /// <summary>The time from the connection to its first request, after which the connection is closed.</summary>
    /// <value>The default is 30 seconds. From one second to 10 minutes.</value>
    public TimeSpan FirstRequestTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

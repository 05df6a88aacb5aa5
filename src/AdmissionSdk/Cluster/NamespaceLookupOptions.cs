namespace AdmissionSdk.Cluster;

/// <summary>Settings of <see cref="INamespaceLookup"/>.</summary>
public sealed class NamespaceLookupOptions
{
    /// <summary>The most namespaces that are kept in memory, by nothing but their labels. Further namespaces are read one by one.</summary>
    /// <value>The default is 20,000.</value>
    public int MaxNamespaces { get; set; } = 20_000;

    /// <summary>The longest that labels in memory are used after the last contact with the cluster.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest that readiness waits for the first list. The application then becomes ready and reads namespaces one by one, because an API server that is down would hold all replicas back.</summary>
    /// <value>The default is 15 seconds.</value>
    public TimeSpan FirstSyncTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest that reading one namespace may take.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);
}

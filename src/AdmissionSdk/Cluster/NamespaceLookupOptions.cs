namespace AdmissionSdk.Cluster;

/// <summary>Settings of <see cref="INamespaceLookup"/>.</summary>
public sealed class NamespaceLookupOptions
{
    /// <summary>The most namespaces that are kept in memory, with nothing but their labels. Any more namespaces are asked for one by one.</summary>
    /// <value>The default is 20,000.</value>
    public int MaxNamespaces { get; set; } = 20_000;

    /// <summary>The time that the namespaces in memory count after the cluster was last heard of.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The time that readiness waits for the first list. Then the application is ready without the list, and asks for namespaces one by one: all replicas would wait for the same API server.</summary>
    /// <value>The default is 15 seconds.</value>
    public TimeSpan FirstSyncTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The time that asking for one namespace may take.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);
}

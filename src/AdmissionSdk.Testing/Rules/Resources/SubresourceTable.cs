namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>Contract section 5 as data: the operation and kind of a request to a subresource.</summary>
internal static class SubresourceTable
{
    private static readonly Dictionary<string, SubresourceInfo> Rows = new(StringComparer.Ordinal)
    {
        ["*/status"] = new("UPDATE", null, null),
        ["*/scale"] = new("UPDATE", "autoscaling/v1", "Scale"),
        ["pods/resize"] = new("UPDATE", null, null) { SinceMinor = 33 },
        ["pods/ephemeralcontainers"] = new("UPDATE", null, null) { SinceMinor = 23 },
        ["namespaces/finalize"] = new("UPDATE", null, null),
        ["certificatesigningrequests/approval"] = new("UPDATE", null, null),
        ["pods/eviction"] = new("CREATE", "policy/v1", "Eviction"),
        ["pods/binding"] = new("CREATE", "v1", "Binding"),
        ["serviceaccounts/token"] = new("CREATE", "authentication.k8s.io/v1", "TokenRequest"),
        ["pods/exec"] = new("CONNECT", "v1", "PodExecOptions"),
        ["pods/attach"] = new("CONNECT", "v1", "PodAttachOptions"),
        ["pods/portforward"] = new("CONNECT", "v1", "PodPortForwardOptions"),
        ["pods/proxy"] = new("CONNECT", "v1", "PodProxyOptions"),
        ["services/proxy"] = new("CONNECT", "v1", "ServiceProxyOptions"),
        ["nodes/proxy"] = new("CONNECT", "v1", "NodeProxyOptions"),
    };

    /// <exception cref="ArgumentException">The resource has no such subresource, or the subresource takes another operation.</exception>
    public static SubresourceInfo Get(ResourceInfo resource, string subresource, string operation)
    {
        var row = Rows.GetValueOrDefault($"{resource.Plural}/{subresource}") ?? Rows.GetValueOrDefault($"*/{subresource}")
            ?? throw new ArgumentException($"{resource.Qualified} has no subresource \"{subresource}\".", nameof(subresource));
        return row.Operation == operation
            ? row
            : throw new ArgumentException($"A request to {resource.Plural}/{subresource} is a {row.Operation}, not a {operation}.", nameof(subresource));
    }
}

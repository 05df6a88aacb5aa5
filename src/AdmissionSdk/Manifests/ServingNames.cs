namespace AdmissionSdk.Manifests;

/// <summary>The names for which the serving certificate must be valid: the API server looks at no other (contract 7.1).</summary>
internal static class ServingNames
{
    public static IReadOnlyList<string> Of(ManifestOptions target) =>
    [
        $"{target.ServiceName}.{target.Namespace}.svc",
        $"{target.ServiceName}.{target.Namespace}.svc.cluster.local",
        .. target.Url is { } url ? [url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 ? url.DnsSafeHost : url.IdnHost] : Array.Empty<string>(),
    ];
}

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Finds out, without starting anything, whether tests can run against a real API server here.</summary>
internal static class ApiServerAvailability
{
    /// <summary>Gives the reason why tests cannot run; null when they can.</summary>
    public static string? ReasonNotToRun(Version? minimumVersion)
    {
        var options = new KubeApiServerOptions();
        if (!options.UseExistingCluster && string.IsNullOrEmpty(options.AssetsDirectory))
        {
            return $"needs {ApiServerEnvironment.AssetsVariable}, a directory with etcd and kube-apiserver, or {ApiServerEnvironment.ExistingClusterVariable}=true";
        }

        return minimumVersion is not null && AvailableVersion(options) is { } version && version < minimumVersion
            ? $"needs kube-apiserver {minimumVersion}, this is {version}"
            : null;
    }

    private static Version? AvailableVersion(KubeApiServerOptions options)
    {
        try
        {
            return options.UseExistingCluster
                ? ExistingCluster.Version
                : ApiServerEnvironment.Missing(options.AssetsDirectory!) is null ? ApiServerEnvironment.InstalledVersion(options.AssetsDirectory!) : null;
        }
        catch (KubeApiServerException)
        {
            return null;
        }
    }
}

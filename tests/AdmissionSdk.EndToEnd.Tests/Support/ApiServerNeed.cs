using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>The reason for which a test cannot run on this machine, with a remedy. `.ci/run` accepts only the reason that its API server is too old.</summary>
internal static class ApiServerNeed
{
    public static string? ReasonNotToRun(string? minVersion)
    {
        var reason = KubeApiServerFixture.ReasonNotToRun(minVersion is null ? null : Version.Parse(minVersion));
        return reason is not null && reason.StartsWith("needs KUBEBUILDER_ASSETS", StringComparison.Ordinal)
            ? "needs KUBEBUILDER_ASSETS: run `export KUBEBUILDER_ASSETS=$(.ci/kubebuilder-assets)` and test again"
            : reason;
    }
}

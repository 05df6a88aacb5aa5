using System.Net;
using k8s.Autorest;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Does again what somebody else was faster than: cert-manager's CA injector writes right after us.</summary>
internal static class Conflicts
{
    private const int Attempts = 5;

    /// <summary>Runs an action that reads before it writes, again as long as it meets a conflict.</summary>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> readAndWrite)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await readAndWrite();
            }
            catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict && attempt < Attempts)
            {
                // Nobody writes these objects in a loop; what was in between is over.
            }
        }
    }
}

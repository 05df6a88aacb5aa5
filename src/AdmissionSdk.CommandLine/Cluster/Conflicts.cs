using System.Net;
using k8s.Autorest;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Tries a write again after a conflict: cert-manager's CA injector writes right after an apply.</summary>
internal static class Conflicts
{
    private const int Attempts = 5;

    /// <summary>Runs an action that reads before it writes, up to five times as long as a conflict stops the action.</summary>
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
                // No client writes these objects in a loop, so the next attempt needs no delay.
            }
        }
    }
}

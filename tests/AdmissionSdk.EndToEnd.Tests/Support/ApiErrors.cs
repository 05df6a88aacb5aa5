using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Statuses with which the API server refuses requests.</summary>
internal static class ApiErrors
{
    /// <summary>Runs a request that must be refused, and returns the Status.</summary>
    public static async Task<V1Status> RefusedAsync(Func<Task> request)
    {
        var exception = await Assert.ThrowsAsync<HttpOperationException>(request);
        return k8s.KubernetesJson.Deserialize<V1Status>(exception.Response.Content);
    }
}

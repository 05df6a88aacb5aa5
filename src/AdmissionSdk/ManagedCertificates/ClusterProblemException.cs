using System.Net;
using k8s.Autorest;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>A request to the API server that failed, with the reason and the remedy for the administrator.</summary>
internal sealed class ClusterProblemException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Describes a failure; null for an exception that is not about the cluster.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="right">The right that the request needs, such as <c>update on the Secret a/b</c>.</param>
    public static string Describe(Exception exception, string right) => exception switch
    {
        HttpOperationException { Response.StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
            $"the service account has no right to {right}: apply the rbac.yaml that `manifests` writes",
        HttpOperationException http => $"the API server answered {(int)http.Response.StatusCode} to {right}",
        OperationCanceledException => $"the API server did not answer in time to {right}",
        HttpRequestException => $"the API server cannot be reached for {right}",
        _ => $"{right} failed: {exception.Message}",
    };
}

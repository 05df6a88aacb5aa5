using System.Net;
using System.Text;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Autorest;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Reads the CA bundle that the application's pods have made, so that a new configuration trusts them from the first moment.</summary>
internal static class ManagedBundle
{
    /// <summary>Adds the bundle to the options, if the pods have made one.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="target">The place of the application.</param>
    /// <param name="secret">The name of the Secret of managed certificates.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The options, and the remedy for configurations that lack a bundle.</returns>
    public static async Task<(ManifestOptions Target, string Remedy)> AddAsync(
        IKubernetes client, ManifestOptions target, string secret, CancellationToken cancellationToken)
    {
        var name = $"{target.Namespace}/{secret}";
        try
        {
            var found = await client.CoreV1.ReadNamespacedSecretAsync(secret, target.Namespace, cancellationToken: cancellationToken);
            return ManagedState.Read(found.Data, out var problem) is { } state
                ? (target.With(copy => copy.CaBundle = Encoding.ASCII.GetBytes(state.Bundle)), "")
                : (target, problem is null
                    ? $"the Secret {name} is empty; its CA is made by the application's pods, so roll out the Deployment first, and run `apply` when they are ready"
                    : $"the Secret {name} is damaged ({problem}); see the log of the application's pods");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return (target, $"the Secret {name} is missing, in which the application's pods make their CA; apply certificate.yaml and the rest of what `manifests` writes, and run `apply` when the pods are ready, or pass --certificates certManager or secret");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            return (target, $"these credentials may not get the Secret {name}, which holds the CA; ask for that right");
        }
    }
}

using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Keeps an application from overwriting the objects of another.</summary>
internal static class Ownership
{
    /// <summary>Refuses an object of the cluster whose labels name another application.</summary>
    /// <exception cref="CommandException">The object is another application's.</exception>
    public static void RefuseOthers(ManifestOptions target, IKubernetesObject<V1ObjectMeta> item, IKubernetesObject<V1ObjectMeta>? live)
    {
        foreach (var key in new[] { "app.kubernetes.io/name", "app.kubernetes.io/instance" })
        {
            if ((live?.Metadata.Labels?.TryGetValue(key, out var owner) ?? false) && owner != target.Labels[key])
            {
                throw new CommandException($"{item.Kind}/{item.Metadata.Name} is another application's ({key}={owner}): choose another --app or --namespace.");
            }
        }
    }
}

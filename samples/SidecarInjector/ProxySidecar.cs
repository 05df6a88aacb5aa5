using AdmissionSdk;
using k8s.Models;

namespace SidecarInjector;

/// <summary>Puts a proxy before all other containers, with a volume for its certificates.</summary>
public sealed class ProxySidecar : IMutator<V1Pod>
{
    private const string Name = "proxy";

    public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        var spec = context.Object.Spec;
        if (spec is null || spec.InitContainers?.Any(container => container.Name == Name) == true)
        {
            return AdmissionResult.Allow(); // called again, the handler finds its own work
        }

        spec.InitContainers ??= [];
        spec.InitContainers.Insert(0, new V1Container
        {
            Name = Name,
            Image = "registry.example.com/proxy:3.2",
            RestartPolicy = "Always", // a sidecar: started first, stopped last
            VolumeMounts = [new V1VolumeMount { Name = Name, MountPath = "/certs", ReadOnlyProperty = true }],
        });
        context.Patch.AppendIfAbsent(pod => pod.Spec.Volumes, new V1Volume { Name = Name, Secret = new V1SecretVolumeSource { SecretName = "proxy-certs" } });
        return AdmissionResult.Allow();
    }
}

using AdmissionSdk.CommandLine;
using ImageRegistryWebhook.Reloading;
using k8s.Models;

namespace ImageRegistryWebhook.Hosting;

/// <summary>Writes the policy and its lock file into a ConfigMap, mounted as a directory so that a change of the ConfigMap reaches the pods.</summary>
internal static class PolicyConfigMap
{
    private const string Name = "image-policy";
    private const string MountPath = "/policy";

    public static void AddTo(AdmissionCommandLine commandLine)
    {
        var policy = commandLine.Services.GetRequiredService<PolicyFile>();
        commandLine.AddObject(_ => new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = V1ConfigMap.KubeKind,
            Metadata = new V1ObjectMeta { Name = Name },
            Data = Data(policy),
        });
        commandLine.EditDeployment(deployment =>
        {
            var pod = deployment.Spec.Template.Spec;
            pod.Volumes.Add(new V1Volume { Name = "policy", ConfigMap = new V1ConfigMapVolumeSource { Name = Name } });
            var container = pod.Containers[0];
            container.VolumeMounts.Add(new V1VolumeMount { Name = "policy", MountPath = MountPath, ReadOnlyProperty = true });
            container.Env.Add(new V1EnvVar { Name = "PolicyFile", Value = $"{MountPath}/{Path.GetFileName(policy.Path)}" });
        });
    }

    private static SortedDictionary<string, string> Data(PolicyFile policy)
    {
        if (policy.Load().Errors is [var first, ..])
        {
            throw new CommandException(first);
        }

        if (policy.Directories.Count() > 1)
        {
            throw new CommandException("the lock file (pin.lockFile) is in another directory than the policy, and a ConfigMap has no directories; put the lock file beside the policy.");
        }

        return new SortedDictionary<string, string>(policy.Texts.ToDictionary(file => Path.GetFileName(file.Key), file => file.Value ?? ""), StringComparer.Ordinal);
    }
}

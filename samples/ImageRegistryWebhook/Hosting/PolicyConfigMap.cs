using AdmissionSdk.CommandLine;
using k8s.Models;

namespace ImageRegistryWebhook.Hosting;

/// <summary>Brings the policy file into the cluster: a ConfigMap with its text, mounted as a directory so that a change of it reaches the pods.</summary>
internal static class PolicyConfigMap
{
    public const string FileName = "policy.yaml";
    private const string Name = "image-policy";
    private const string MountPath = "/policy";

    public static void AddTo(AdmissionCommandLine commandLine)
    {
        var environment = commandLine.Services.GetRequiredService<IHostEnvironment>();
        var path = Path.Combine(environment.ContentRootPath, FileName);
        if (!File.Exists(path))
        {
            return;
        }

        commandLine.AddObject(_ => new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = V1ConfigMap.KubeKind,
            Metadata = new V1ObjectMeta { Name = Name },
            Data = new Dictionary<string, string> { [FileName] = File.ReadAllText(path) },
        });
        commandLine.EditDeployment(deployment =>
        {
            var pod = deployment.Spec.Template.Spec;
            pod.Volumes.Add(new V1Volume { Name = "policy", ConfigMap = new V1ConfigMapVolumeSource { Name = Name } });
            var container = pod.Containers[0];
            container.VolumeMounts.Add(new V1VolumeMount { Name = "policy", MountPath = MountPath, ReadOnlyProperty = true });
            container.Env.Add(new V1EnvVar { Name = "PolicyFile", Value = $"{MountPath}/{FileName}" });
        });
    }
}

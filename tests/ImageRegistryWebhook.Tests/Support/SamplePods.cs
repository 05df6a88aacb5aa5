using AdmissionSdk.Testing;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Pods, and recorded reviews of a kube-apiserver 1.36.</summary>
internal static class SamplePods
{
    public const string Digest = "sha256:e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582";

    public static V1Pod Pod(string image, string container = "app") => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop", Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = container, Image = image }] },
    };

    /// <summary>A pod with an image in each list of a created pod.</summary>
    public static V1Pod FullPod()
    {
        var pod = Pod("nginx:1.9");
        pod.Metadata.Annotations = new Dictionary<string, string> { ["note"] = "kept" };
        pod.Spec.InitContainers = [new V1Container { Name = "init", Image = "docker.io/acme/init" }];
        pod.Spec.Volumes =
        [
            new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource() },
            new V1Volume { Name = "data", Image = new V1ImageVolumeSource { Reference = $"acme/data@{Digest}" } },
        ];
        pod.Spec.ImagePullSecrets = [new V1LocalObjectReference { Name = "own" }];
        return pod;
    }

    public static AdmissionReviewBuilder Recorded(string name) =>
        AdmissionReviewBuilder.FromReview(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reviews-1.36", name + ".json")));
}

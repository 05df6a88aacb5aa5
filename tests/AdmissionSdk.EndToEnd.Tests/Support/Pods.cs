using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Pods to create.</summary>
internal static class Pods
{
    public static V1Pod Create(string name, string image = "nginx:1.9") => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "app", Image = image }] },
    };
}

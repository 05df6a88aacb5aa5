using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Support;

internal static class Pods
{
    public static V1Pod Web(string image = "nginx:1.9") => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop", Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = image }] },
    };
}

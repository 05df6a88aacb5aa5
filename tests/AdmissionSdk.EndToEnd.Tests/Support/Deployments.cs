using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Deployments to create.</summary>
internal static class Deployments
{
    public static V1Deployment Create(string name)
    {
        var labels = new Dictionary<string, string> { ["app"] = name };
        return new V1Deployment
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new V1DeploymentSpec
            {
                Replicas = 1,
                Selector = new V1LabelSelector { MatchLabels = labels },
                Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = labels }, Spec = Pods.Create(name).Spec },
            },
        };
    }
}

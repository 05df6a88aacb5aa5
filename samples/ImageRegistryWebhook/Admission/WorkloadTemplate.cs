using k8s;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>The pod template of a workload.</summary>
/// <param name="Template">The template; null if the workload has none.</param>
/// <param name="Path">The path of the template in the workload.</param>
internal sealed record WorkloadTemplate(V1PodTemplateSpec? Template, string Path)
{
    public static WorkloadTemplate Of(IKubernetesObject<V1ObjectMeta>? workload) => workload switch
    {
        V1Deployment deployment => new(deployment.Spec?.Template, "spec.template"),
        V1StatefulSet set => new(set.Spec?.Template, "spec.template"),
        V1DaemonSet set => new(set.Spec?.Template, "spec.template"),
        V1ReplicaSet set => new(set.Spec?.Template, "spec.template"),
        V1Job job => new(job.Spec?.Template, "spec.template"),
        V1CronJob job => new(job.Spec?.JobTemplate?.Spec?.Template, "spec.jobTemplate.spec.template"),
        V1PodTemplate template => new(template.Template, "template"),
        V1ReplicationController controller => new(controller.Spec?.Template, "spec.template"),
        _ => new(null, ""),
    };
}

using AdmissionSdk.Patching.Apply;

namespace AdmissionSdk.Patching.Metadata;

/// <summary>
/// The pod templates of Kubernetes' own kinds, whose labels and annotations the API server checks like a pod's. A custom resource's template may hold what a
/// controller fills in first.
/// </summary>
internal static class PodTemplates
{
    private static readonly string[] OfWorkload = ["spec", "template", "metadata"];
    private static readonly string[] OfCronJob = ["spec", "jobTemplate", "spec", "template", "metadata"];
    private static readonly string[] OfPodTemplate = ["template", "metadata"];

    /// <summary>The place of the template's metadata; null for a kind without one.</summary>
    public static string[]? Find(PatchNode document) => (document.Find("apiVersion")?.StringValue, document.Find("kind")?.StringValue) switch
    {
        ("v1", "PodTemplate") => OfPodTemplate,
        ("v1", "ReplicationController") => OfWorkload,
        ("apps/v1" or "apps/v1beta1" or "apps/v1beta2", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") => OfWorkload,
        ("batch/v1", "Job") => OfWorkload,
        ("batch/v1" or "batch/v1beta1", "CronJob") => OfCronJob,
        _ => null,
    };
}

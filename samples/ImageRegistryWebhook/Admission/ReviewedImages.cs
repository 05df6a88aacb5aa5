using AdmissionSdk;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>The images of a pod that a review is about.</summary>
internal static class ReviewedImages
{
    /// <summary>Lists all images on CREATE; on UPDATE the images that are new against the old pod and that an update may change.</summary>
    public static IReadOnlyList<ImageField> Of(AdmissionContext context, V1Pod pod, V1Pod? oldPod) =>
        context.Operation == Operation.Update
            ? [.. PodImages.NewOf(pod.Spec, oldPod?.Spec).Where(field => CanChange(field, context.Subresource))]
            : [.. PodImages.Of(pod.Spec)];

    // An update of the pod itself cannot change ephemeral containers, and an update of ephemeral containers changes nothing else.
    private static bool CanChange(ImageField field, string subresource) =>
        (field.List == ImageFieldList.EphemeralContainers) == (subresource == "ephemeralcontainers");
}

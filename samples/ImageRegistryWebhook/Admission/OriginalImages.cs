using ImageRegistryWebhook.Policies;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>
/// Annotations of a created pod with the images that were asked for, one for each container, such as
/// <c>original.registry-webhook.example.com/app: nginx:1.9</c>. The annotations are for people: no decision is based on them, since the author of the pod
/// can write them too.
/// </summary>
internal static class OriginalImages
{
    public const string ContainerPrefix = "original.registry-webhook.example.com/";
    public const string VolumePrefix = "original-volume.registry-webhook.example.com/";

    private const int LongestName = 63;

    /// <summary>Records the rewritten images, and removes annotations that the pod's author made up; all of them if the policy records none.</summary>
    public static void Record(V1Pod pod, ImageReview review, IReadOnlyList<JudgedImage> rewritten)
    {
        foreach (var image in rewritten)
        {
            if (KeyOf(image.Field) is { } key)
            {
                pod.Metadata ??= new V1ObjectMeta();
                pod.Metadata.Annotations ??= new Dictionary<string, string>();
                pod.Metadata.Annotations[key] = image.Field.Image;
            }
        }

        var written = rewritten.Select(image => KeyOf(image.Field)).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, original) in pod.Metadata?.Annotations?.ToList() ?? [])
        {
            if (IsOurs(key) && !written.Contains(key) && !IsTrue(pod, review, key, original))
            {
                pod.Metadata!.Annotations.Remove(key);
            }
        }
    }

    private static bool IsOurs(string key) =>
        key.StartsWith(ContainerPrefix, StringComparison.Ordinal) || key.StartsWith(VolumePrefix, StringComparison.Ordinal);

    // An annotation of an earlier round, before another webhook changed the pod, must stay. An annotation is true if the policy rewrites its image to the
    // image in the pod.
    private static bool IsTrue(V1Pod pod, ImageReview review, string key, string? original) =>
        review.Record.Annotation && original is not null && PodImages.Of(pod.Spec).FirstOrDefault(field => KeyOf(field) == key) is { } field
        && review.Decide(field, original) is { Action: ImageAction.Rewrite } decision
        && (field.Image == decision.Image || field.Image.StartsWith(decision.Image + "@", StringComparison.Ordinal));

    // A pod is mutated before it is validated. A key that is not valid would add an error beside the error about the name.
    private static string? KeyOf(ImageField field) =>
        field.Owner.Length is > 0 and <= LongestName && field.Owner.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && char.IsAsciiLetterOrDigit(field.Owner[0]) && char.IsAsciiLetterOrDigit(field.Owner[^1])
            ? (field.List == ImageFieldList.Volumes ? VolumePrefix : ContainerPrefix) + field.Owner
            : null;
}

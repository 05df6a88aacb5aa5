using ImageRegistryWebhook.Policies;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>
/// Annotations of a created pod that tell which images were asked for, one a container, such as
/// <c>original.registry-webhook.example.com/app: nginx:1.9</c>. They are for people: no decision about an image is ever based on them, since whoever
/// makes the pod can write them too.
/// </summary>
internal static class OriginalImages
{
    public const string ContainerPrefix = "original.registry-webhook.example.com/";
    public const string VolumePrefix = "original-volume.registry-webhook.example.com/";

    private const int LongestName = 63;

    /// <summary>Writes down what was rewritten, and removes what the pod's author made up; all of it if the policy wants nothing written down.</summary>
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

    // What was written in an earlier round, before another webhook changed the pod, must stay. It is told from a lie by what it says: that the policy makes
    // of this image the one that is there.
    private static bool IsTrue(V1Pod pod, ImageReview review, string key, string? original) =>
        review.Record.Annotation && original is not null && PodImages.Of(pod.Spec).FirstOrDefault(field => KeyOf(field) == key) is { } field
        && review.Decide(field, original) is { Action: ImageAction.Rewrite } decision
        && (field.Image == decision.Image || field.Image.StartsWith(decision.Image + "@", StringComparison.Ordinal));

    // A pod is mutated before it is validated. A key that is not valid would add an error to that about the name.
    private static string? KeyOf(ImageField field) =>
        field.Owner.Length is > 0 and <= LongestName && field.Owner.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && char.IsAsciiLetterOrDigit(field.Owner[0]) && char.IsAsciiLetterOrDigit(field.Owner[^1])
            ? (field.List == ImageFieldList.Volumes ? VolumePrefix : ContainerPrefix) + field.Owner
            : null;
}

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
    public static void Record(V1Pod pod, ImageReview review, IReadOnlyList<JudgedImage> rewritten, CancellationToken cancellationToken)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var image in rewritten)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (KeyOf(image.Field) is { } key)
            {
                written.Add(key);
                pod.Metadata ??= new V1ObjectMeta();
                pod.Metadata.Annotations ??= new Dictionary<string, string>();
                pod.Metadata.Annotations[key] = image.Field.Image;
            }
        }

        List<KeyValuePair<string, string?>> others = [.. (pod.Metadata?.Annotations ?? new Dictionary<string, string>()).Where(annotation => IsOurs(annotation.Key) && !written.Contains(annotation.Key))!];
        if (others.Count == 0)
        {
            return;
        }

        // The pod's author chooses the number of annotations and the number of containers: neither is searched for each of the other.
        var fields = FieldsByKey(pod);
        foreach (var (key, original) in others)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!(original is not null && fields.TryGetValue(key, out var field) && IsTrue(review, field, original)))
            {
                pod.Metadata!.Annotations.Remove(key);
            }
        }
    }

    private static Dictionary<string, ImageField> FieldsByKey(V1Pod pod)
    {
        var fields = new Dictionary<string, ImageField>(StringComparer.Ordinal);
        foreach (var field in PodImages.Of(pod.Spec))
        {
            if (KeyOf(field) is { } key)
            {
                // Two containers of a name are an error of the pod; the first counts.
                fields.TryAdd(key, field);
            }
        }

        return fields;
    }

    private static bool IsOurs(string key) =>
        key.StartsWith(ContainerPrefix, StringComparison.Ordinal) || key.StartsWith(VolumePrefix, StringComparison.Ordinal);

    // An annotation of an earlier round, before another webhook changed the pod, must stay. An annotation is true if the policy rewrites its image to the
    // image in the pod.
    private static bool IsTrue(ImageReview review, ImageField field, string original) =>
        review.Record.Annotation
        && review.Decide(field, original) is { Action: ImageAction.Rewrite } decision
        && (field.Image == decision.Image || field.Image.StartsWith(decision.Image + "@", StringComparison.Ordinal));

    // A pod is mutated before it is validated. A key that is not valid would add an error beside the error about the name.
    private static string? KeyOf(ImageField field) =>
        field.Owner.Length is > 0 and <= LongestName && field.Owner.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && char.IsAsciiLetterOrDigit(field.Owner[0]) && char.IsAsciiLetterOrDigit(field.Owner[^1])
            ? (field.List == ImageFieldList.Volumes ? VolumePrefix : ContainerPrefix) + field.Owner
            : null;
}

namespace ImageRegistryWebhook.Admission;

/// <summary>One place in a pod where an image is named.</summary>
/// <param name="List">The list of the pod that holds the image.</param>
/// <param name="Path">The field as Kubernetes writes it, such as <c>spec.containers[0].image</c>.</param>
/// <param name="Owner">The container's name, or the volume's.</param>
/// <param name="Image">The image as written; empty if the pod names none.</param>
/// <param name="Set">Changes the image in the pod.</param>
internal sealed record ImageField(ImageFieldList List, string Path, string Owner, string Image, Action<string> Set)
{
    /// <summary>The container's name; null for an image volume.</summary>
    public string? Container => List == ImageFieldList.Volumes ? null : Owner;
}

using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>Finds every image a pod names.</summary>
internal static class PodImages
{
    /// <summary>All images of a pod or pod template, in the order of the lists.</summary>
    /// <param name="spec">The pod's spec.</param>
    /// <param name="path">The path of the spec: <c>spec</c> in a pod, <c>spec.template.spec</c> in a Deployment.</param>
    public static IEnumerable<ImageField> Of(V1PodSpec? spec, string path = "spec")
    {
        if (spec is null)
        {
            return [];
        }

        return
        [
            .. Fields(spec.InitContainers, ImageFieldList.InitContainers, path + ".initContainers", c => c.Name, c => c.Image, (c, image) => c.Image = image),
            .. Fields(spec.Containers, ImageFieldList.Containers, path + ".containers", c => c.Name, c => c.Image, (c, image) => c.Image = image),
            .. Fields(spec.EphemeralContainers, ImageFieldList.EphemeralContainers, path + ".ephemeralContainers", c => c.Name, c => c.Image, (c, image) => c.Image = image),
            .. VolumeFields(spec.Volumes, path + ".volumes"),
        ];
    }

    /// <summary>
    /// The images of an updated pod that are new and that an update may change: a container's image that differs from the image of the old container of
    /// the same name, and new ephemeral containers. An image of a running pod is never judged again: a rewrite would restart the container, and a denial
    /// would block label edits and the removal of finalizers. Image volumes cannot change.
    /// </summary>
    public static IEnumerable<ImageField> NewOf(V1PodSpec? spec, V1PodSpec? oldSpec)
    {
        var oldDebuggers = (oldSpec?.EphemeralContainers ?? []).Select(container => container?.Name ?? "").ToHashSet(StringComparer.Ordinal);
        return ChangedIn(spec, oldSpec).Where(field => field.List switch
        {
            ImageFieldList.Volumes => false,
            // Existing entries are immutable.
            ImageFieldList.EphemeralContainers => !oldDebuggers.Contains(field.Owner),
            _ => true,
        });
    }

    /// <summary>The images that differ from the image of the old container or volume of the same name.</summary>
    public static IEnumerable<ImageField> ChangedIn(V1PodSpec? spec, V1PodSpec? oldSpec, string path = "spec")
    {
        var old = Of(oldSpec).Select(field => (field.List, field.Owner, field.Image)).ToHashSet();
        return Of(spec, path).Where(field => !old.Contains((field.List, field.Owner, field.Image)));
    }

    private static IEnumerable<ImageField> Fields<T>(
        IList<T>? containers, ImageFieldList list, string path, Func<T, string?> name, Func<T, string?> image, Action<T, string> set)
        where T : class
    {
        for (var index = 0; index < (containers?.Count ?? 0); index++)
        {
            // The API server refuses a null element.
            if (containers![index] is { } container)
            {
                yield return new ImageField(list, $"{path}[{index}].image", name(container) ?? "", image(container) ?? "", value => set(container, value));
            }
        }
    }

    private static IEnumerable<ImageField> VolumeFields(IList<V1Volume>? volumes, string path)
    {
        for (var index = 0; index < (volumes?.Count ?? 0); index++)
        {
            if (volumes![index]?.Image is { } source)
            {
                yield return new ImageField(
                    ImageFieldList.Volumes, $"{path}[{index}].image.reference", volumes[index].Name ?? "", source.Reference ?? "", value => source.Reference = value);
            }
        }
    }
}

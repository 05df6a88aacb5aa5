using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// Digests by image, from a lock file: <c>version: 1</c>, and under <c>images</c> one line for each image, such as
/// <c>docker.io/library/nginx:1.25: sha256:…</c>. An image without a tag stands for <c>latest</c>, as for the kubelet.
/// </summary>
internal sealed class ImageLock(IReadOnlyDictionary<string, string> digests)
{
    public static readonly ImageLock Empty = new(new Dictionary<string, string>());

    /// <summary>The images with a digest, as <see cref="Key"/> writes them.</summary>
    public IReadOnlyCollection<string> Keys { get; } = [.. digests.Keys];

    /// <summary>Finds the digest of an image, first by its name at the target and then by its name in the pod.</summary>
    public string? Find(ImageReference final, ImageReference source) =>
        digests.GetValueOrDefault(Key(final)) ?? digests.GetValueOrDefault(Key(source));

    /// <summary>The key of an image in the lock.</summary>
    public static string Key(ImageReference image) => $"{image.Host}/{image.Path}:{image.Tag ?? "latest"}";
}

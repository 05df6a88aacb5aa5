using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>
/// Digests by image, from a lock file: <c>version: 1</c> and under <c>images</c> one line an image, such as
/// <c>docker.io/library/nginx:1.25: sha256:…</c>. An image without a tag stands for <c>latest</c>, as it does to the kubelet.
/// </summary>
internal sealed class ImageLock(IReadOnlyDictionary<string, string> digests)
{
    public static readonly ImageLock Empty = new(new Dictionary<string, string>());

    /// <summary>The digest for an image, looked up by what it is called at the target and then by what it was called in the pod.</summary>
    public string? Find(ImageReference final, ImageReference source) =>
        digests.GetValueOrDefault(Key(final)) ?? digests.GetValueOrDefault(Key(source));

    /// <summary>How an image is called in the lock.</summary>
    public static string Key(ImageReference image) => $"{image.Host}/{image.Path}:{image.Tag ?? "latest"}";
}

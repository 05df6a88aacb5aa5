using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Admission;

/// <summary>The images of one review, decided about by one policy even if another is loaded meanwhile.</summary>
/// <param name="engine">The policy.</param>
/// <param name="about">The facts that decisions depend on beside the image.</param>
/// <param name="images">The images and their decisions.</param>
internal sealed class ImageReview(PolicyEngine engine, ImageContext about, IReadOnlyList<JudgedImage> images)
{
    public RecordSection Record => engine.Policy.Record;

    public IReadOnlyList<JudgedImage> Images => images;

    /// <summary>The reason that an image could not be decided about; null if all could.</summary>
    public string? Failure => images.FirstOrDefault(image => image.Decision.Action == ImageAction.Unknown)?.Remark;

    /// <summary>
    /// Decides about another image in the same field. No registry is asked; a tag is taken to be pinned to the digest in the field.
    /// </summary>
    public ImageDecision Decide(ImageField field, string image) => engine.Decide(about with
    {
        Image = image,
        Container = field.Container,
        Facts = RegistryFacts.Offline with { Digest = ImageReference.TryParse(field.Image, out var there, out _) ? there.Digest : null },
    });
}

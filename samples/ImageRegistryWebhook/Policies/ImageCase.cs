using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>An image, where it is, and the rule that matched it; null for the default.</summary>
internal sealed record ImageCase(ImageContext Context, ImageReference Image, PolicyRule? Rule, int Index);

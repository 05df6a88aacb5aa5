using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>An image in its context, and the rule that matched; null for the default.</summary>
internal sealed record ImageCase(ImageContext Context, ImageReference Image, PolicyRule? Rule, int Index);

using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>The decision of a policy about one image.</summary>
/// <param name="Action">The action.</param>
/// <param name="Rule">The rule that decided: a rule's name, or one of <see cref="PolicyRuleNames"/>.</param>
/// <param name="Image">The image to use: the rewritten image, else the image itself.</param>
/// <param name="Message">The reason, for the user; names image and rule.</param>
internal sealed record ImageDecision(ImageAction Action, string Rule, string Image, string Message)
{
    /// <summary>The image as written; null if not a reference.</summary>
    public ImageReference? Reference { get; init; }

    /// <summary>Warnings for the user about an image that is not denied.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Secrets that the pod needs to pull <see cref="Image"/>, to be added on CREATE.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    /// <summary>An image that the policy would allow in place of a denied one; null if none is known.</summary>
    public string? Alternative { get; init; }

    /// <summary>
    /// The reason that an image to rewrite might have been kept, if a registry gave no usable response; else null. The guard then cannot tell if the image
    /// should have been rewritten, since another replica may have had a response.
    /// </summary>
    public string? Unknown { get; init; }

    /// <summary>A question for a registry before the decision is final; null if the decision is final.</summary>
    public RegistryQuestion? Question { get; init; }
}

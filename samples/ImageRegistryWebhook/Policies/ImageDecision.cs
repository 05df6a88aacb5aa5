using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>What a policy says of one image.</summary>
/// <param name="Action">What is to happen.</param>
/// <param name="Rule">The rule that decided: a rule's name, or one of <see cref="PolicyRuleNames"/>.</param>
/// <param name="Image">The image to use: the rewritten one, else the image itself.</param>
/// <param name="Message">Why, for the user; names image and rule.</param>
internal sealed record ImageDecision(ImageAction Action, string Rule, string Image, string Message)
{
    /// <summary>The image as it was written; null if it is no reference.</summary>
    public ImageReference? Reference { get; init; }

    /// <summary>What the user is to be told although the image is not refused.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Secrets the pod needs to pull <see cref="Image"/>, to be added on CREATE.</summary>
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];

    /// <summary>For a denied image, one that the policy would take instead; null if it knows none.</summary>
    public string? Alternative { get; init; }

    /// <summary>
    /// For an image to rewrite: what could not be found out and might have kept it where it is; null if nothing. Who finds the image not rewritten cannot
    /// know whether it should have been: another replica may have had the answer.
    /// </summary>
    public string? Unknown { get; init; }

    /// <summary>What a registry should be asked before this decision is final; null if it is.</summary>
    public RegistryQuestion? Question { get; init; }
}
